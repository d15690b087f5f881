import { startPostgres } from '@partyline/service/testing/postgres';
import type { Target } from '../load/connection.ts';
import type { DurableWireName } from '../load/durable-wires.ts';
import { type RunningPartyline, startPartyline } from '../peers/partyline.ts';
import { byClients, inBatches, type Keeper, type Way } from './keeper.ts';

/** A Partyline that keeps its log in a Postgres of its own. */
export const startOnPostgres = async (): Promise<RunningPartyline & { readonly url: string }> => {
  await using starting = new AsyncDisposableStack();
  const postgres = starting.use(await startPostgres());
  const url = await postgres.create('bench');
  const system = starting.use(await startPartyline('partyline json', { PARTYLINE_DATABASE: url }));
  const owned = starting.move();
  return { ...system, url, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};

const databases = {
  SQLite: () => startPartyline('partyline json'),
  Postgres: startOnPostgres,
};

const keeping = (
  start: () => Promise<RunningPartyline>,
  way: Way,
  at: (system: RunningPartyline) => readonly [DurableWireName, Target],
): Keeper['start'] => {
  return async () => {
    const system = await start();
    return {
      keep: way(...at(system)),
      [Symbol.asyncDispose]: () => system[Symbol.asyncDispose](),
    };
  };
};

/** Whole: clients of a gateway, each in a room of its own. */
export const throughGateway = (database: keyof typeof databases): Keeper => ({
  name: 'Partyline, clients of tcp-gateway',
  rooms: 'each',
  start: keeping(databases[database], byClients, (it) => ['partyline json', it.target]),
});

/** chat-core alone: batches on the bus, one under way. */
export const throughBus = (database: keyof typeof databases): Keeper => ({
  name: 'Partyline, batches on the bus',
  rooms: 'one',
  start: keeping(databases[database], inBatches, (it) => ['partyline bus', it.bus]),
});
