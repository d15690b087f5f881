import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';
import type { TokenReader } from './port.ts';

/** Reads the admin API's tokens as it is committed. */
export const tokenReader = (db: Kysely<Database>): TokenReader => {
  const tokens = () => db.selectFrom('tokens').selectAll();
  return {
    byHash: (hash) => tokens().where('hash', '=', hash).executeTakeFirst(),
    named: (name) => tokens().where('name', '=', name).executeTakeFirst(),
    after: (name, limit) =>
      tokens().where('name', '>', name).orderBy('name').limit(limit).execute(),
  };
};
