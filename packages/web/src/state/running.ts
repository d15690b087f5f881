import type { Ban, Role, RoomAnswer, RoomRequest } from '@partyline/client';
import { roles } from '@partyline/client';
import { type ReadonlySignal, signal } from '@preact/signals';
import { t } from '../text/locale.ts';
import type { Core } from './core.ts';

/** What moderators and owners do in the room that is open. */
export type Running = {
  /** The bans of a room, as they were asked for. */
  readonly bans: ReadonlySignal<
    { readonly room: string; readonly bans: readonly Ban[] } | undefined
  >;
  /** Why what was asked for last wasn't done. */
  readonly refusal: ReadonlySignal<string | undefined>;
  askBans(room: string): void;
  /** Asks how a room is set now. */
  askStanding(room: string): void;
  /** Has something done in a room. */
  request(request: RoomRequest): void;
};

/** Whether a role is at least another. */
export const isAtLeast = (role: Role | undefined, least: Role): boolean =>
  roles.indexOf(role ?? 'member') >= roles.indexOf(least);

const deeds: ReadonlySet<string> = new Set<RoomAnswer['type']>([
  ...(['kick', 'mute', 'unmute', 'ban', 'unban', 'slow', 'role', 'configure'] as const),
  ...(['bans', 'invite'] as const),
]);

/** Whether something is about how a room is run. */
export const isDeed = (type: string | undefined): boolean => type !== undefined && deeds.has(type);

export const createRunning = (core: Core): Running => {
  const bans = signal<{ room: string; bans: readonly Ban[] } | undefined>(undefined);
  const refusal = signal<string | undefined>(undefined);

  core.hear((frame) => {
    switch (frame.type) {
      case 'bans':
        bans.value = { room: frame.room, bans: frame.bans };
        break;
      case 'ban':
      case 'unban':
        if (bans.peek()?.room === frame.room) core.ask({ type: 'bans', room: frame.room });
        break;
      case 'error':
        if (isDeed(frame.of)) refusal.value = frame.message;
        break;
    }
  });

  return {
    bans,
    refusal,
    askBans(room) {
      bans.value = undefined;
      core.ask({ type: 'bans', room });
    },
    askStanding: (room) => void core.ask({ type: 'configure', room }),
    request(request) {
      refusal.value = undefined;
      if (!core.ask(request)) refusal.value = t('lineAway');
    },
  };
};
