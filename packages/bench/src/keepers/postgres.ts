import { startLoad } from '../load/load.ts';
import { inBatches, type Keeper } from './keeper.ts';
import { startOnPostgres } from './partyline.ts';

/** The floor: the same rows in the same table, one `unnest` a transaction, and nothing else. */
export const postgres = (name: string, rooms: Keeper['rooms']): Keeper => ({
  name,
  rooms,
  start: async () => {
    const system = await startOnPostgres();
    // A row as chat-core writes it.
    await inBatches('partyline bus', system.bus)(1, 0);
    return {
      keep: async (batch, forMs) => {
        await using load = startLoad();
        return await load.do('unnest', { url: system.url, batch, rooms, forMs });
      },
      [Symbol.asyncDispose]: () => system[Symbol.asyncDispose](),
    };
  },
});
