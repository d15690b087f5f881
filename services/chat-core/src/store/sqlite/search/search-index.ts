import { rmSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Hit, Search } from '../../search/searching.ts';
import { type Term, wordsOf } from '../../search/words.ts';

/** Another one means that the file is made anew. */
const VERSION = 2;

/**
 * Words come cut apart by `wordsOf`, with spaces between: the tokenizer has only to keep them whole.
 * Beginnings of up to three characters are indexed too, which doubles the file: else FTS5 merges all
 * words that begin so before it finds the first, 150 ms for one letter in a million messages.
 */
const tables = `
  create table meta (version integer not null, epoch text not null);
  create table indexed (
    room text primary key not null, seq integer not null, first integer not null
  ) without rowid;
  create virtual table words using fts5(
    text, place, room unindexed, seq unindexed,
    content='', contentless_delete=1, contentless_unindexed=1, prefix='1 2 3',
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* M*'"
  );`;

/** Events of one transaction of the index. */
const STEP_EVENTS = 2_000;

type Indexed = { seq: number; first: number };

/** A room's name as one word, so that it can be looked for beside the words of the text. */
const placeOf = (room: string): string => `r${Buffer.from(room).toString('hex')}`;

const phrase = ({ words, opens }: Term): string => `"${words.join(' ')}"${opens ? '*' : ''}`;

/** The search as FTS5 takes it (https://www.sqlite.org/fts5.html#full_text_query_syntax). */
const expression = ({ terms, rooms }: Search): string => {
  const text = `text : (${terms.map(phrase).join(' AND ')})`;
  if (rooms === undefined) return text;
  return `${text} AND place : (${rooms.map((it) => `"${placeOf(it)}"`).join(' OR ')})`;
};

const open = (file: string, epoch: string): DatabaseSync => {
  const database = new DatabaseSync(file);
  try {
    // Not synced: what a crash loses is indexed again.
    database.exec('pragma journal_mode = wal; pragma synchronous = normal');
    const isNew = database.prepare("select 1 from sqlite_schema where name = 'meta'").get();
    if (isNew === undefined) {
      database.exec(`begin; ${tables}`);
      database.prepare('insert into meta values (?, ?)').run(VERSION, epoch);
      database.exec('commit');
    }
    const meta = database.prepare('select version, epoch from meta').get();
    if (meta?.version === VERSION && meta.epoch === epoch) return database;
  } catch {
    // It is made anew, like one of another version or another log.
  }
  database.close();
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
  return open(file, epoch);
};

/**
 * The words of a log, in a file of their own that can be made anew from the log at any time: writing
 * a message waits for nothing of it. It follows the log by `step`.
 */
export class SearchIndex implements Disposable {
  readonly #log: DatabaseSync;
  readonly #database: DatabaseSync;
  #indexed: Map<string, Indexed>;
  readonly #version: StatementSync;
  readonly #rooms: StatementSync;
  readonly #events: StatementSync;
  readonly #first: StatementSync;
  readonly #add: StatementSync;
  readonly #read: StatementSync;
  readonly #note: StatementSync;
  readonly #oldest: StatementSync;
  readonly #drop: StatementSync;
  readonly #find: StatementSync;
  #seen: unknown;

  constructor(logFile: string, file: string, epoch: string) {
    this.#log = new DatabaseSync(logFile, { readOnly: true, timeout: 5_000 });
    this.#database = open(file, epoch);
    this.#version = this.#log.prepare('pragma data_version');
    this.#rooms = this.#log.prepare(
      'select room, seq, keep_ms > 0 or keep_count > 0 as trimmed from rooms where seq > 0',
    );
    this.#events = this.#log.prepare(
      'select seq, text from events where room = ? and seq > ? order by seq limit ?',
    );
    this.#first = this.#log.prepare('select min(seq) as seq from events where room = ?');
    this.#add = this.#database.prepare(
      'insert into words (text, place, room, seq) values (?, ?, ?, ?)',
    );
    this.#note = this.#database.prepare('insert or replace into indexed values (?, ?, ?)');
    this.#oldest = this.#database.prepare(
      `select rowid as position, seq from words where words match ? order by rowid limit ${STEP_EVENTS}`,
    );
    this.#drop = this.#database.prepare('delete from words where rowid = ?');
    this.#find = this.#database.prepare(
      `select rowid as position, room, seq from words
       where words match ? and rowid < ? order by rowid desc limit ?`,
    );
    this.#read = this.#database.prepare('select room, seq, first from indexed');
    this.#indexed = this.#load();
  }

  /** The last event of a room that is indexed. */
  upTo(room: string): number {
    return this.#indexed.get(room)?.seq ?? 0;
  }

  // What writes is asked by `all`: `run` tells the number of the row that was written last, which may
  // be one of FTS5's own and too large for a number.

  /** Takes in a bounded part of what is new in the log; gives whether there may be more. */
  step(): boolean {
    const version = this.#version.get()?.data_version;
    if (version === this.#seen) return false;
    let left = STEP_EVENTS;
    this.#database.exec('begin');
    try {
      for (const { room, seq, trimmed } of this.#rooms.all()) {
        if (left <= 0) break;
        const name = String(room);
        if (Number(seq) > this.upTo(name)) left -= this.#take(name, Number(seq), left);
        if (trimmed === 1) left -= this.#trim(name);
      }
      this.#database.exec('commit');
    } catch (error) {
      this.#database.exec('rollback');
      this.#indexed = this.#load();
      throw error;
    }
    if (left > 0) this.#seen = version;
    return left <= 0;
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

  [Symbol.dispose](): void {
    this.#database.close();
    this.#log.close();
  }

  #load(): Map<string, Indexed> {
    return new Map(
      this.#read
        .all()
        .map((it) => [String(it.room), { seq: Number(it.seq), first: Number(it.first) }]),
    );
  }

  #take(room: string, head: number, limit: number): number {
    const { seq: from, first } = this.#indexed.get(room) ?? { seq: 0, first: 0 };
    const rows = this.#events.all(room, from, limit);
    for (const { seq, text } of rows) {
      const words = wordsOf(String(text));
      if (words.length > 0) this.#add.all(words.join(' '), placeOf(room), room, Number(seq));
    }
    // Where there are none, they are gone from the log.
    const last = rows.at(-1)?.seq;
    this.#put(room, { seq: last === undefined ? head : Number(last), first });
    return Math.max(1, rows.length);
  }

  /** Forgets what a room keeps no longer. */
  #trim(room: string): number {
    const { seq, first: known } = this.#indexed.get(room) ?? { seq: 0, first: 0 };
    const first = Number(this.#first.get(room)?.seq ?? 0);
    if (first <= known) return 0;
    const oldest = this.#oldest.all(`place : "${placeOf(room)}"`);
    const gone = oldest.filter((it) => Number(it.seq) < first);
    for (const { position } of gone) this.#drop.all(Number(position));
    if (gone.length < STEP_EVENTS) this.#put(room, { seq, first });
    return gone.length;
  }

  #put(room: string, it: Indexed): void {
    this.#note.all(room, it.seq, it.first);
    this.#indexed.set(room, it);
  }
}
