import { type RoomListing, roomKey } from '@partyline/client';
import { type ReadonlySignal, signal } from '@preact/signals';
import { t } from '../text/locale.ts';
import type { Core } from './core.ts';
import type { Reading } from './reading.ts';

/** In which rooms one is. */
export type Rooms = {
  /** All rooms of the server, as far as they were asked for. */
  readonly all: ReadonlySignal<readonly RoomListing[] | undefined>;
  askAll(): void;
  /** Opens a room, after joining it where one isn't in it. */
  go(room: string): void;
  leave(room: string): void;
};

export const createRooms = (core: Core, reading: Reading): Rooms => {
  const { talk, ask } = core;
  const all = signal<readonly RoomListing[] | undefined>(undefined);
  /** Rooms that somebody asked to be in, and will be shown on arrival. */
  const wishes = new Set<string>();

  core.hear((frame) => {
    if (frame.type === 'rooms') all.value = frame.rooms;
    else if (frame.type === 'error' && frame.of === 'join') wishes.clear();
    else if (frame.type === 'part') reading.complete();
    else if (frame.type === 'join' && wishes.delete(frame.room)) reading.go(roomKey(frame.room));
  });

  return {
    all,
    askAll: () => void ask({ type: 'rooms' }),
    go(asked) {
      const room = asked.trim().replace(/^#/, '').normalize('NFKC').toLowerCase();
      if (talk.peek().conversations.has(roomKey(room))) {
        reading.go(roomKey(room));
        return;
      }
      wishes.add(room);
      if (!ask({ type: 'join', room })) core.tell('error', t('lineAway'));
    },
    leave: (room) => core.request({ type: 'part', room }),
  };
};
