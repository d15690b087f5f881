import stringWidth from 'string-width';
import { safeLine } from '../text/safe-text.ts';
import { moment } from '../text/time.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Members = { readonly [name: string]: Json };

const isMembers = (it: Json | undefined): it is Members =>
  typeof it === 'object' && it !== null && !Array.isArray(it);
const isTable = (it: Json | undefined): it is readonly Members[] =>
  Array.isArray(it) && it.length > 0 && it.every(isMembers);

/** Names of times: `at`, `startedAt`, `failingSince`, `leaseUntil`. */
const timeName = /(^at|At|[sS]ince|[uU]ntil)$/;
/** The year 2001, in milliseconds since the Unix epoch: what is less is no time of ours. */
const LEAST_TIME = 1e12;

/** A value as people read it: times as local ones, lists with commas. */
const written = (value: Json, name = ''): string => {
  if (typeof value === 'number' && value > LEAST_TIME && timeName.test(name)) return moment(value);
  if (value === null) return '';
  if (Array.isArray(value)) return value.map((it) => written(it)).join(', ');
  return safeLine(typeof value === 'object' ? JSON.stringify(value) : String(value));
};

/** What is in an object, and in those in it, by dotted names; tables are left out. */
const flat = (it: Members, prefix = ''): [string, string][] =>
  Object.entries(it).flatMap(([name, value]): [string, string][] => {
    if (isMembers(value)) return flat(value, `${prefix}${name}.`);
    return isTable(value) ? [] : [[`${prefix}${name}`, written(value, name)]];
  });

const aligned = (rows: readonly (readonly string[])[]): string => {
  const columns = Math.max(0, ...rows.map((it) => it.length));
  const widths = Array.from({ length: columns }, (_, n) =>
    Math.max(...rows.map((it) => stringWidth(it[n] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((it, n) => it + ' '.repeat((widths[n] ?? 0) - stringWidth(it)))
      .join('  ')
      .trimEnd();
  return rows.map((it) => `${line(it)}\n`).join('');
};

/** Lines for people: aligned on a terminal, with tabs for programs. */
const lines = (rows: readonly (readonly string[])[], isForPeople: boolean): string =>
  isForPeople ? aligned(rows) : rows.map((it) => `${it.join('\t')}\n`).join('');

/** A row for each object, a column for each name that any of them has; on a terminal under their names. */
export const tableText = (items: readonly Members[], isForPeople: boolean): string => {
  const rows = items.map((it) => new Map(flat(it)));
  const names = [...new Set(rows.flatMap((it) => [...it.keys()]))];
  const cells = rows.map((it) => names.map((name) => it.get(name) ?? ''));
  return lines(isForPeople && rows.length > 0 ? [names, ...cells] : cells, isForPeople);
};

/** What is in the one list that an answer is about, if it is a page of one. */
export const listOf = (answer: unknown): readonly Members[] | undefined => {
  const it = answer as Json;
  if (!isMembers(it)) return undefined;
  const values = Object.values(it);
  const [list, another] = values.filter((value): value is readonly Json[] => Array.isArray(value));
  if (list === undefined || another !== undefined || values.some(isMembers)) return undefined;
  return list.every(isMembers) ? (list as readonly Members[]) : undefined;
};

/** Anything else: a line for each value by its name, then its tables under their names. */
export const objectText = (answer: unknown, isForPeople: boolean): string => {
  const it = answer as Json;
  if (!isMembers(it)) return `${written(it)}\n`;
  const tables = Object.entries(it).flatMap(([name, value]) =>
    isTable(value) ? [`\n${name}\n${tableText(value, isForPeople)}`] : [],
  );
  return lines(flat(it), isForPeople) + tables.join('');
};

/** One of lines without an end. */
export const lineText = (line: unknown): string => {
  const it = line as Json;
  const cells = isMembers(it) ? flat(it).map(([, value]) => value) : [written(it)];
  return `${cells.join('\t')}\n`;
};
