import pg from 'pg';
import { storable } from './storable.ts';

/** A plan that was made before a newer chat-core changed the table: only another connection mends it. */
const STALE_PLAN = '0A000';

/** A connection, each text with parameters being parsed and planned by it once, under a name. */
export interface Prepared {
  query(text: string, values: readonly unknown[]): Promise<pg.QueryResult>;
  /** Whether it is not to be used again. */
  readonly isStale: boolean;
}

/** Names statements; each connection is prepared once. */
export const preparing = (): ((client: pg.ClientBase) => Prepared) => {
  const names = new Map<string, string>();
  const nameOf = (text: string): string => {
    const name = names.get(text) ?? `s${names.size}`;
    names.set(text, name);
    return name;
  };
  const prepare = (client: pg.ClientBase): Prepared => {
    let isStale = false;
    return {
      query: async (text, values) => {
        try {
          if (values.length === 0) return await client.query(text);
          return await client.query({ name: nameOf(text), text, values: values.map(storable) });
        } catch (error) {
          isStale ||= error instanceof pg.DatabaseError && error.code === STALE_PLAN;
          throw error;
        }
      },
      get isStale() {
        return isStale;
      },
    };
  };
  const known = new WeakMap<pg.ClientBase, Prepared>();
  return (client) => {
    const prepared = known.get(client) ?? prepare(client);
    known.set(client, prepared);
    return prepared;
  };
};
