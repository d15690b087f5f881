import type { Flavour } from '../flavour.ts';
import type { SessionRow } from '../rows.ts';
import { sessionsTable } from '../tables.ts';
import { selectBy } from './select-by.ts';
import type { Db } from './statement.ts';

/** Reads detached and ended sessions whose time ran out, at most `limit` of them. */
export const sessionsDue = (
  flavour: Flavour,
): ((db: Db, now: number, limit: number) => Promise<readonly SessionRow[]>) => {
  const byId = selectBy(flavour, sessionsTable, 'session');
  return async (db, now, limit) => {
    const rows = await db
      .selectFrom('sessions')
      .select('session')
      .where('state', 'in', ['detached', 'ended'])
      .where('until', '<=', now)
      .limit(limit)
      .execute();
    return byId(
      db,
      rows.map((it) => it.session),
    );
  };
};
