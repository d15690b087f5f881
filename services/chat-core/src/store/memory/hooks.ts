import { isPairRoom } from '@partyline/protocol';
import { reaches } from '../../people/bot.ts';
import type { HookChanges, HookReader } from '../hooks/port.ts';
import type { HookCursorRow, HookRow } from '../hooks/rows.ts';
import type { Tables } from './tables.ts';

/** The tables of outgoing webhooks as maps by key. */
export type HookTables = {
  readonly hooks: Map<string, HookRow>;
  readonly cursors: Map<string, HookCursorRow>;
};

export const emptyHooks = (): HookTables => ({ hooks: new Map(), cursors: new Map() });

const cursorKey = ({ room, hook }: Pick<HookCursorRow, 'room' | 'hook'>): string =>
  `${room}\n${hook}`;

export const applyHooks = (tables: Tables, { hooks, begun, cursors }: HookChanges): void => {
  const own = tables.hooks;
  for (const { hook } of hooks.drop) {
    own.hooks.delete(hook);
    for (const [key, it] of own.cursors) if (it.hook === hook) own.cursors.delete(key);
  }
  for (const it of hooks.put) own.hooks.set(it.hook, it);
  for (const { hook, rooms } of begun)
    for (const { room, seq } of tables.rooms.values())
      if (!isPairRoom(room) && (rooms.includes('*') || rooms.includes(room)))
        own.cursors.set(cursorKey({ room, hook }), { room, hook, seq });
  for (const it of cursors) own.cursors.set(cursorKey(it), it);
};

export const hookReaderOn = ({ hooks, rooms }: Tables): HookReader => {
  const cursor = (hook: string, room: string): number =>
    hooks.cursors.get(cursorKey({ room, hook }))?.seq ?? 0;
  return {
    hooks: async () =>
      [...hooks.hooks.values()].sort(
        (a, b) => a.createdAt - b.createdAt || (a.hook < b.hook ? -1 : 1),
      ),
    cursor: async (hook, room) => cursor(hook, room),
    behind: async (hook, limit) =>
      [...rooms.values()]
        .filter((it) => it.seq > cursor(hook.hook, it.room) && reaches(hook.rooms, it.room, it))
        .map((it) => it.room)
        .sort()
        .slice(0, limit),
  };
};
