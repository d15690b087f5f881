import type { SessionRow } from '../rows.ts';
import type { Db } from './statement.ts';

/** What an instance's live sessions of accounts go by: any other session of theirs may rename them. */
export const nicks = async (
  db: Db,
  instance: string,
): Promise<readonly Pick<SessionRow, 'session' | 'nick'>[]> =>
  db
    .selectFrom('sessions')
    .where('instance', '=', instance)
    .where('state', '=', 'live')
    .where('account', 'is not', null)
    .select(['session', 'nick'])
    .execute();
