import type { Problem } from '@partyline/protocol';

/** A copy of the whole database, in a file of its own. */
export type Backup = {
  /** The file's name. */
  readonly name: string;
  /** When it was begun: all that had a receipt by then is in it. */
  readonly at: number;
  readonly bytes: number;
  /** Of the file, in hexadecimal. */
  readonly sha256: string;
  /** Of the log that was copied. */
  readonly epoch: string;
  /** How far that had come: the last numbers of all rooms, added up. */
  readonly events: number;
  /** Made by the schedule, which deletes it in time. */
  readonly scheduled: boolean;
};

/** The backups of a store, in a folder beside it. */
export interface Backups {
  /** Makes one while the log goes on; one at a time. */
  make(scheduled: boolean): Promise<Backup | Problem>;
  /** Ends one that is under way, of which nothing is left. */
  giveUp(): Promise<void>;
  /** The newest first. */
  list(): Promise<readonly Backup[]>;
  find(name: string): Promise<Backup | undefined>;
  /** Where the files are. */
  readonly folder: string;
  /** Whether there was one. */
  remove(name: string): Promise<boolean>;
}
