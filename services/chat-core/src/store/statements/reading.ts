import type { Reading } from '../port.ts';
import type { Db } from './statement.ts';

/** Counts an instance's live sessions by the room they are in. */
export const reading = async (db: Db, instance: string): Promise<readonly Reading[]> =>
  db
    .selectFrom('sessions')
    .innerJoin('members', 'members.session', 'sessions.session')
    .innerJoin('rooms', 'rooms.room', 'members.room')
    .where('sessions.instance', '=', instance)
    .where('sessions.state', '=', 'live')
    .groupBy(['rooms.room', 'rooms.seq'])
    .select((it) => ['rooms.room', 'rooms.seq', it.fn.countAll<number>().as('sessions')])
    .execute();
