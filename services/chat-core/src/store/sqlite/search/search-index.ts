import { rmSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Hit, Search } from '../../search/searching.ts';
import { wordsOf } from '../../search/words.ts';
import { WordTable, wordTables } from './word-table.ts';

/** Another one means that the file is made anew. */
const VERSION = 3;

const tables = `
  create table meta (version integer not null, epoch text not null);
  create table indexed (
    room text primary key not null, seq integer not null, first integer not null
  ) without rowid;
  ${wordTables}`;

/** Events of one transaction of the index. */
const STEP_EVENTS = 2_000;

type Indexed = { seq: number; first: number };

const open = (file: string, epoch: string): DatabaseSync => {
  const database = new DatabaseSync(file);
  try {
    // Not synced: what a crash loses is indexed again. What is deleted is overwritten.
    database.exec(
      'pragma journal_mode = wal; pragma synchronous = normal; pragma secure_delete = on',
    );
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
  readonly #edits: StatementSync;
  readonly #read: StatementSync;
  readonly #note: StatementSync;
  readonly #words: WordTable;
  #seen: unknown;
  /** Rooms that keep everything by themselves, and were trimmed all the same. */
  readonly #trimmed = new Set<string>();

  constructor(logFile: string, file: string, epoch: string) {
    this.#log = new DatabaseSync(logFile, { readOnly: true, timeout: 5_000 });
    this.#database = open(file, epoch);
    this.#version = this.#log.prepare('pragma data_version');
    this.#rooms = this.#log.prepare(
      'select room, seq, keep_ms > 0 or keep_count > 0 as trimmed from rooms where seq > 0',
    );
    this.#events = this.#log.prepare(
      'select seq, kind, ref, text from events where room = ? and seq > ? order by seq limit ?',
    );
    this.#edits = this.#log.prepare(
      `select seq from events indexed by events_edits where kind = 'edit' and room = ? and ref = ?`,
    );
    this.#first = this.#log.prepare('select min(seq) as seq from events where room = ?');
    this.#note = this.#database.prepare('insert or replace into indexed values (?, ?, ?)');
    this.#words = new WordTable(this.#database);
    this.#read = this.#database.prepare('select room, seq, first from indexed');
    this.#indexed = this.#load();
  }

  /** The last event of a room that is indexed. */
  upTo(room: string): number {
    return this.#indexed.get(room)?.seq ?? 0;
  }

  /** Events of all logs that are still to be taken in. */
  get waiting(): number {
    let waiting = 0;
    for (const { room, seq } of this.#rooms.all())
      waiting += Math.max(0, Number(seq) - this.upTo(String(room)));
    return waiting;
  }

  /** The beginnings of rooms are gone from the log. */
  trimmed(rooms: Iterable<string>): void {
    for (const it of rooms) this.#trimmed.add(it);
    this.#seen = undefined;
  }

  /** Takes in a bounded part of what is new in the log; gives whether there may be more. */
  step(): boolean {
    const version = this.#version.get()?.data_version;
    if (version === this.#seen) return false;
    let left = STEP_EVENTS;
    const forgotten = this.#words.forgotten;
    this.#database.exec('begin');
    try {
      for (const { room, seq, trimmed } of this.#rooms.all()) {
        if (left <= 0) break;
        const name = String(room);
        if (Number(seq) > this.upTo(name)) left -= this.#take(name, Number(seq), left);
        if (trimmed === 1 || this.#trimmed.has(name)) left -= this.#trim(name);
      }
      this.#database.exec('commit');
    } catch (error) {
      this.#database.exec('rollback');
      this.#indexed = this.#load();
      throw error;
    }
    // The log of this file's own changes holds what was deleted too.
    if (this.#words.forgotten > forgotten) this.#database.exec('pragma wal_checkpoint(truncate)');
    if (left > 0) this.#seen = version;
    return left <= 0;
  }

  /** Newest first. */
  find(search: Search): Hit[] {
    return this.#words.find(search);
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
    this.#words.add(
      room,
      rows.map(({ seq, text }) => ({ seq: Number(seq), words: wordsOf(String(text)) })),
    );
    for (const { kind, ref } of rows) if (kind === 'delete') this.#forget(room, Number(ref));
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
    const gone = this.#words.forgetBefore(room, first, STEP_EVENTS);
    if (gone < STEP_EVENTS) {
      this.#put(room, { seq, first });
      this.#trimmed.delete(room);
    }
    return gone;
  }

  /** Forgets what was taken back, and what it was edited to. */
  #forget(room: string, seq: number): void {
    const edits = this.#edits.all(room, seq).map((it) => Number(it.seq));
    for (const it of [seq, ...edits]) this.#words.forget(room, it);
  }

  #put(room: string, it: Indexed): void {
    this.#note.all(room, it.seq, it.first);
    this.#indexed.set(room, it);
  }
}
