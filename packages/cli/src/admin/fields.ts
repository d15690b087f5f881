import type { Option, Options } from '../commands/command.ts';
import type { Field, Operation } from './document.ts';

/** How a field is given on the command line. */
export type Given = {
  readonly field: Field;
  /** The option's name; positional fields have one too. */
  readonly option: string;
  readonly kind: 'flag' | 'duration' | 'time' | 'whole' | 'list' | 'json' | 'text';
};

const kindOf = ({ name, schema, description }: Field): Given['kind'] => {
  const { type } = schema;
  if (type === 'boolean' || (schema.enum?.length === 1 && schema.enum[0] === '1')) return 'flag';
  if (type === 'array') return 'list';
  if (type === 'object') return 'json';
  if (type !== 'integer' && type !== 'number') return 'text';
  if (/(^m|M)s$/.test(name)) return 'duration';
  return description.includes('since the Unix epoch') ? 'time' : 'whole';
};

/** `forMs` is `for`: what is given says its unit itself. */
const optionOf = ({ name, in: place }: Field, taken: Options): string => {
  const kebab = name.replace(/(?<=.)Ms$/, '').replace(/[A-Z]/g, (it) => `-${it.toLowerCase()}`);
  return Object.hasOwn(taken, kebab) ? `${place}-${kebab}` : kebab;
};

/** How an operation's fields are given; `taken` are options that mean something else. */
export const givenFields = ({ fields }: Operation, taken: Options): readonly Given[] =>
  fields.map((field) => ({ field, option: optionOf(field, taken), kind: kindOf(field) }));

/** Those that are given by their place: the path's, and whatever else has to be there. */
export const positionalFields = (given: readonly Given[]): readonly Given[] =>
  given.filter(({ field }) => field.required);

/** The word for a field's value in help. */
export const placeholder = ({ field, kind }: Given): string => {
  const { enum: choices } = field.schema;
  if (choices !== undefined) return choices.join('|');
  if (kind === 'duration') return '10s|30m|2h|7d';
  if (kind === 'time') return 'TIME';
  return field.name.replace(/[A-Z]/g, (it) => `_${it}`).toUpperCase();
};

/** The options by which fields are given, as they are read and told in help. */
export const fieldOptions = (given: readonly Given[]): Options =>
  Object.fromEntries(
    given.map((it): [string, Option] => {
      const { description } = it.field;
      const purpose = { en: description, 'zh-CN': description };
      if (it.kind === 'flag') return [it.option, { type: 'boolean', purpose }];
      const value = placeholder(it);
      return [it.option, { type: 'string', multiple: it.kind === 'list', value, purpose }];
    }),
  );
