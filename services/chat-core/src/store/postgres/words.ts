import { limits } from '@partyline/protocol';
import { CompiledQuery, sql } from 'kysely';
import type { EventKey, EventRow } from '../rows.ts';
import type { Hit, Hits, Search } from '../search/searching.ts';
import { type Term, wordsOf } from '../search/words.ts';
import type { Db } from '../statements/statement.ts';
import { postgresFlavour } from './flavour.ts';

/** A position in a text that tsvector can tell; words behind it are found, but not their order. */
const LAST_POSITION = 16_383;

/** A word as tsvector and tsquery take it, of whom nobody asks for more than a search can be long. */
const lexeme = (word: string): string =>
  `'${[...word].slice(0, limits.searchCodePoints).join('').replace(/['\\]/g, '')}'`;

const vector = (words: readonly string[]): string =>
  words.map((it, index) => `${lexeme(it)}:${Math.min(index + 1, LAST_POSITION)}`).join(' ');

const phrase = ({ words, opens }: Term): string =>
  words
    .map((it, index) => `${lexeme(it)}${opens && index === words.length - 1 ? ':*' : ''}`)
    .join(' <-> ');

const keys = postgresFlavour.rows([
  ['room', 'text'],
  ['seq', 'integer'],
]);

const addSql = `insert into words (room, seq, words)
  select room, seq, words::tsvector from (${postgresFlavour.rows([
    ['room', 'text'],
    ['seq', 'integer'],
    ['words', 'text'],
  ])}) as given`;

const forgetSql = `delete from words where (room, seq) in (
  ${keys}
  union all
  select edits.room, edits.seq from (${keys}) as gone
  join events as edits
    on edits.kind = 'edit' and edits.room = gone.room and edits.ref = gone.seq)`;

/** Takes in what was said, in the transaction that appends it. */
export const addWords = async (db: Db, events: readonly EventRow[]): Promise<void> => {
  const rows = events
    .map(({ room, seq, text }) => [room, seq, vector(wordsOf(text))])
    .filter(([, , words]) => words !== '');
  if (rows.length > 0) await db.executeQuery(CompiledQuery.raw(addSql, [JSON.stringify(rows)]));
};

/** Forgets what was taken back, and what it was edited to. */
export const forgetWords = async (db: Db, gone: readonly EventKey[]): Promise<void> => {
  if (gone.length === 0) return;
  const json = JSON.stringify(gone.map(({ room, seq }) => [room, seq]));
  await db.executeQuery(CompiledQuery.raw(forgetSql, [json]));
};

/** Deletes the words of a room's events before one. */
export const dropWords = async (db: Db, room: string, before: number): Promise<void> => {
  await sql`delete from words where room = ${room} and seq < ${before}`.execute(db);
};

/** Finds what was said with words, newest first. */
export const findWords = async (db: Db, search: Search): Promise<Hits> => {
  const { terms, rooms, before = Number.MAX_SAFE_INTEGER, limit } = search;
  const head = await db
    .selectFrom('rooms')
    .select('seq')
    .where('room', '=', rooms?.[0] ?? '')
    .executeTakeFirst();
  const query = terms.map((it) => `(${phrase(it)})`).join(' & ');
  const isThere = rooms === undefined ? sql`true` : sql`room = any(${rooms})`;
  const { rows } = await sql<Hit>`
    select position, room, seq from words
    where words @@ ${query}::tsquery and ${isThere} and position < ${before}
    order by position desc limit ${limit}`.execute(db);
  return { hits: rows, upTo: head?.seq ?? 0 };
};
