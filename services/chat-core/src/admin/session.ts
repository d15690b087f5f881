import { type Static, Type } from 'typebox';
import type { SessionInfo } from '../store/port.ts';
import { Milliseconds } from './api.ts';

/** A session as the admin API tells it. */
export const Session = Type.Object({
  session: Type.String(),
  nick: Type.String(),
  account: Type.Optional(Type.String()),
  state: Type.Enum(['live', 'detached'], {
    description: 'Detached: its connection vanished, and it may yet resume',
  }),
  instance: Type.String({ description: 'The service that holds it' }),
  wire: Type.String({ examples: ['text+tcp'] }),
  address: Type.Optional(Type.String()),
  openedAt: Milliseconds('When it came'),
  rooms: Type.Array(Type.String()),
});
export type Session = Static<typeof Session>;

export const sessionInfo = (it: SessionInfo): Session => ({ ...it, rooms: [...it.rooms].sort() });

export const sessionExample: Session = {
  ...{ session: 'Zm9vYmFyYmF6cXV4', nick: 'ann', account: 'a-0123456789abcdef', state: 'live' },
  ...{ instance: 'tcp-gateway-4f1d', wire: 'text+tcp', address: '192.0.2.7' },
  ...{ openedAt: 1_700_000_000_000, rooms: ['lobby'] },
};
