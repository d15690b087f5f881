import { Failure } from '../exit-code.ts';
import { readDuration, readSince } from '../text/time.ts';
import { type Given, positionalFields } from './fields.ts';
import type { AdminTexts } from './texts.ts';

/** What an operation is told, by where it goes. */
export type Values = {
  readonly path: ReadonlyMap<string, string>;
  readonly query: ReadonlyMap<string, string>;
  readonly body: ReadonlyMap<string, unknown>;
};

const readOne = (
  { kind, option }: Given,
  text: string,
  texts: AdminTexts,
  now: number,
): unknown => {
  const fail = (expected: string): never => {
    throw new Failure('usage', texts.valueBad(option, text, expected));
  };
  switch (kind) {
    case 'flag':
      return text === 'true' || text === '1' || fail('true');
    case 'whole':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : fail(texts.aNumber);
    case 'duration':
      return readDuration(text) ?? fail(texts.aDuration);
    case 'time':
      return readSince(text, now) ?? (/^\d+$/.test(text) ? Number(text) : fail(texts.aTime));
    case 'list':
      return text.split(',').map((it) => it.trim());
    case 'json':
      try {
        return JSON.parse(text);
      } catch {
        return fail('JSON');
      }
    case 'text':
      return text;
  }
};

/**
 * What a call gives for an operation's fields: by place, those that are needed, or by option. Text
 * may be several words. Throws a `Failure` that names what is missing, bad or too much.
 */
export const readValues = (
  given: readonly Given[],
  options: Readonly<Record<string, unknown>>,
  positionals: readonly string[],
  texts: AdminTexts,
  now: number,
): Values => {
  const values = {
    path: new Map<string, string>(),
    query: new Map<string, string>(),
    body: new Map<string, unknown>(),
  };
  const rest = [...positionals];
  const byPlace = positionalFields(given).filter((it) => options[it.option] === undefined);
  const last = byPlace.at(-1);
  for (const it of given) {
    const { field, option, kind } = it;
    const option_ = options[option];
    let value: unknown;
    if (option_ === true) value = field.schema.type === 'boolean' ? true : '1';
    else if (Array.isArray(option_))
      value = option_.flatMap((one) => readOne(it, String(one), texts, now));
    else if (option_ !== undefined) value = readOne(it, String(option_), texts, now);
    else if (byPlace.includes(it) && rest.length > 0) {
      const isProse = it === last && kind === 'text' && field.name === 'text';
      const text = isProse ? rest.splice(0).join(' ') : (rest.shift() ?? '');
      value = readOne(it, text, texts, now);
    }
    if (value === undefined && field.required) throw new Failure('usage', texts.missing(option));
    if (value === undefined) continue;
    if (field.in === 'body') values.body.set(field.name, value);
    else values[field.in].set(field.name, String(value));
  }
  const [extra] = rest;
  if (extra !== undefined) throw new Failure('usage', texts.tooMany(extra));
  return values;
};
