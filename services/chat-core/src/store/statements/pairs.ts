import type { MemberRow } from '../rows.ts';
import type { Db } from './statement.ts';

/** Reads where an instance's live sessions are in pairs' logs, whose names begin with `~`. */
export const pairs = async (db: Db, instance: string): Promise<readonly MemberRow[]> =>
  db
    .selectFrom('sessions')
    .innerJoin('members', 'members.session', 'sessions.session')
    .where('sessions.instance', '=', instance)
    .where('sessions.state', '=', 'live')
    .where('members.room', 'like', '~%')
    .select(['members.room', 'members.session', 'members.since'])
    .execute();
