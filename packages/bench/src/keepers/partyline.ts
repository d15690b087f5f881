import { startPartyline } from '../peers/partyline.ts';
import { byClients, inBatches, type Keeper } from './keeper.ts';

/** Whole: clients of a gateway, each in a room of its own. */
export const throughGateway: Keeper = {
  name: 'Partyline, clients of tcp-gateway',
  rooms: 'each',
  start: async () => {
    const system = await startPartyline('partyline json');
    return {
      keep: byClients('partyline json', system.target),
      [Symbol.asyncDispose]: () => system[Symbol.asyncDispose](),
    };
  },
};

/** chat-core alone: batches on the bus, one under way. */
export const throughBus: Keeper = {
  name: 'Partyline, batches on the bus',
  rooms: 'one',
  start: async () => {
    const system = await startPartyline('partyline json');
    return {
      keep: inBatches('partyline bus', system.bus),
      [Symbol.asyncDispose]: () => system[Symbol.asyncDispose](),
    };
  },
};
