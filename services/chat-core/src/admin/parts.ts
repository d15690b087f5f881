import type { MayReach } from '../hooks/outgoing/destination.ts';
import type { Passwords } from '../people/password.ts';
import type { StatusParts } from '../status/gather.ts';
import type { Backups } from '../store/backups.ts';
import type { Reader } from '../store/port.ts';
import type { Retention } from '../store/retention.ts';
import type { Bell } from './following/bell.ts';
import type { Follow } from './following/follow.ts';
import type { Perform } from './perform.ts';

/** What the admin API works with. */
export type AdminParts = {
  /** The one way in which anything is changed. */
  readonly perform: Perform;
  /** The one way in which lines are sent without an end. */
  readonly follow: Follow;
  /** Rung for what every chat-core committed. */
  readonly bell: Bell;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  readonly read: Reader;
  readonly passwords: Pick<Passwords, 'hash'>;
  /** Undefined where the database has its own ways of being backed up. */
  readonly backups: Backups | undefined;
  readonly retention: Retention;
  /** Everything that is kept, as lines. */
  readonly exportAll: () => AsyncGenerator<string>;
  readonly epoch: string;
  /** What the status is put together from. */
  readonly status: StatusParts;
  /** Milliseconds since the Unix epoch. */
  readonly startedAt: number;
  /** Where outgoing webhooks may go. */
  readonly mayReach: MayReach;
  /** The URL that webhooks are under, as others reach it; undefined when they aren't served. */
  readonly webhookBase: string | undefined;
};
