import type { Flavour } from '../flavour.ts';
import type { SessionRow } from '../rows.ts';
import { sessionsTable } from '../tables.ts';
import { selectBy } from './select-by.ts';
import type { Db } from './statement.ts';

/** Reads live and detached sessions that count to instances, at most `limit` of them. */
export const sessionsOfInstances = (
  flavour: Flavour,
): ((db: Db, instances: Iterable<string>, limit: number) => Promise<readonly SessionRow[]>) => {
  const byId = selectBy(flavour, sessionsTable, 'session');
  return async (db, instances, limit) => {
    const rows = await db
      .selectFrom('sessions')
      .select('session')
      .where('instance', 'in', [...instances])
      .where('state', 'in', ['live', 'detached'])
      .limit(limit)
      .execute();
    return byId(
      db,
      rows.map((it) => it.session),
    );
  };
};
