import type { Db } from './statement.ts';

/** Counts the names in use: one a person. */
export const online = async (db: Db): Promise<number> => {
  const { count } = await db
    .selectFrom('names')
    .select((it) => it.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
};
