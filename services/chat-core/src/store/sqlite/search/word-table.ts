import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Hit, Search } from '../../search/searching.ts';
import type { Term } from '../../search/words.ts';

/**
 * Words come cut apart by `wordsOf`, with spaces between: the tokenizer has only to keep them whole.
 * Beginnings of up to three characters are indexed too, which doubles the file: else FTS5 merges all
 * words that begin so before it finds the first, 150 ms for one letter in a million messages.
 *
 * FTS5 can take words out again only if it is told them: so `said` keeps them beside the index.
 */
export const wordTables = `
  create table said (
    position integer primary key, room text not null, seq integer not null,
    text text not null, place text not null
  );
  create unique index said_event on said (room, seq);
  create virtual table words using fts5(
    text, place, content='said', content_rowid='position', prefix='1 2 3',
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* M*'"
  );
  insert into words (words, rank) values ('secure-delete', 1);`;

/** A room's name as one word, so that it can be looked for beside the words of the text. */
const placeOf = (room: string): string => `r${Buffer.from(room).toString('hex')}`;

const phrase = ({ words, opens }: Term): string => `"${words.join(' ')}"${opens ? '*' : ''}`;

/** The search as FTS5 takes it (https://www.sqlite.org/fts5.html#full_text_query_syntax). */
const expression = ({ terms, rooms }: Search): string => {
  const text = `text : (${terms.map(phrase).join(' AND ')})`;
  if (rooms === undefined) return text;
  return `${text} AND place : (${rooms.map((it) => `"${placeOf(it)}"`).join(' OR ')})`;
};

/** Words of an event. */
export type Said = { readonly seq: number; readonly words: readonly string[] };

/** The words of events by event, and events by words. */
export class WordTable {
  /** How many events were forgotten since it was opened. */
  forgotten = 0;
  readonly #end: StatementSync;
  readonly #keep: StatementSync;
  readonly #index: StatementSync;
  readonly #kept: StatementSync;
  readonly #before: StatementSync;
  readonly #unindex: StatementSync;
  readonly #drop: StatementSync;
  readonly #find: StatementSync;

  // What writes is asked by `all`: `run` tells the number of the row that was written last, which may
  // be one of FTS5's own and too large for a number.

  constructor(database: DatabaseSync) {
    this.#end = database.prepare('select max(position) as position from said');
    this.#keep = database.prepare('insert into said (room, seq, text, place) values (?, ?, ?, ?)');
    this.#index = database.prepare(
      'insert into words (rowid, text, place) select position, text, place from said where position > ?',
    );
    const kept = 'select position, text, place from said';
    this.#kept = database.prepare(`${kept} where room = ? and seq = ?`);
    this.#before = database.prepare(`${kept} where room = ? and seq < ? order by seq limit ?`);
    this.#unindex = database.prepare(
      "insert into words (words, rowid, text, place) values ('delete', ?, ?, ?)",
    );
    this.#drop = database.prepare('delete from said where position = ?');
    this.#find = database.prepare(
      `select said.position, said.room, said.seq
       from (
         select rowid as position from words where words match ? and rowid < ?
         order by rowid desc limit ?
       ) as found
       cross join said on said.position = found.position
       order by said.position desc`,
    );
  }

  /** Takes in what was said in a room, in order. */
  add(room: string, events: readonly Said[]): void {
    const end = Number(this.#end.get()?.position ?? 0);
    const place = placeOf(room);
    for (const { seq, words } of events)
      if (words.length > 0) this.#keep.all(room, seq, words.join(' '), place);
    this.#index.all(end);
  }

  /** Takes an event's words out of the file. */
  forget(room: string, seq: number): void {
    this.#forget(this.#kept.all(room, seq));
  }

  /** The same of a room's oldest events before one, at most `limit`; gives how many there were. */
  forgetBefore(room: string, seq: number, limit: number): number {
    return this.#forget(this.#before.all(room, seq, limit));
  }

  /** Newest first. */
  find(search: Search): Hit[] {
    if (search.rooms?.length === 0) return [];
    const before = search.before ?? Number.MAX_SAFE_INTEGER;
    return this.#find
      .all(expression(search), before, search.limit)
      .map(({ position, room, seq }) => ({
        ...{ position: Number(position), room: String(room), seq: Number(seq) },
      }));
  }

  #forget(rows: readonly Record<string, unknown>[]): number {
    for (const { position, text, place } of rows) {
      this.#unindex.all(Number(position), String(text), String(place));
      this.#drop.all(Number(position));
    }
    this.forgotten += rows.length;
    return rows.length;
  }
}
