import type { Locale } from '@partyline/protocol';
import type { Options } from '../commands/command.ts';
import { optionTable, table } from '../text/help.ts';
import type { Operation } from './document.ts';
import { fieldOptions, givenFields, placeholder, positionalFields } from './fields.ts';
import { adminTexts } from './texts.ts';

/** How an operation is called: `rooms ban ROOM WHO`. */
const callOf = (operation: Operation, taken: Options): string => {
  const byPlace = positionalFields(givenFields(operation, taken)).map(placeholder);
  return [...operation.words, ...byPlace].join(' ');
};

/** A line for each operation. */
export const operationList = (
  operations: readonly Operation[],
  taken: Options,
  locale: Locale,
): string => {
  const texts = adminTexts[locale];
  const rows = operations.map((it) => [callOf(it, taken), it.summary] as const);
  return `${texts.can}\n${table(rows)}\n\n${texts.more}\n`;
};

/** How one operation is called. */
export const operationHelp = (operation: Operation, taken: Options, locale: Locale): string => {
  const texts = adminTexts[locale];
  const given = givenFields(operation, taken);
  const byPlace = positionalFields(given);
  const places = byPlace.map((it) => [placeholder(it), it.field.description] as const);
  const others = fieldOptions(given.filter((it) => !byPlace.includes(it)));
  const parts = [
    `${texts.usage} partyline admin ${callOf(operation, taken)}\n  ${operation.summary}`,
    ...(places.length > 0 ? [`${texts.arguments}\n${table(places)}`] : []),
    `${texts.options}\n${optionTable({ ...others, ...taken }, locale)}`,
    ...(operation.scope === undefined ? [] : [texts.needs(operation.scope)]),
  ];
  return `${parts.join('\n\n')}\n`;
};
