import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';
import type { ModerationReader } from './port.ts';

/** Reads who may do what, and who did what, as it is committed. */
export const moderationReader = (db: Kysely<Database>): ModerationReader => ({
  bans: (room, now) =>
    db
      .selectFrom('bans')
      .selectAll()
      .where('room', '=', room)
      .where((it) => it.or([it('until', 'is', null), it('until', '>', now)]))
      .orderBy('at', 'desc')
      .orderBy('subject')
      .execute(),
  roles: (room) =>
    db.selectFrom('roles').selectAll().where('room', '=', room).orderBy('person').execute(),
  audit: (after, limit) =>
    db.selectFrom('audit').selectAll().where('n', '>', after).orderBy('n').limit(limit).execute(),
});
