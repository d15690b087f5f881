import { isPairRoom, type PersonalDeed, type RoomDeed } from '@partyline/protocol';
import type { SessionRow } from '../../store/rows.ts';
import type { Draft } from '../draft.ts';

/** Who did something: by which nick, and in which session. */
type By = { readonly nick: string; readonly session: string };

/** Tells somebody, in every live session, what was done to them. */
export const tellConcerned = (
  draft: Draft,
  sessions: readonly SessionRow[],
  room: string,
  { nick: by }: By,
  what: PersonalDeed,
): void => {
  for (const { session, instance, state } of sessions)
    if (state === 'live')
      draft.effects.push({
        ...{ type: 'line', instance },
        line: { type: 'concerned', session, room, by, what },
      });
};

/** Tells a room what was done there; who did it knows, and those it was done to are told for themselves. */
export const tellRoom = (
  draft: Draft,
  room: string,
  { nick: by, session }: By,
  what: RoomDeed,
  concerned: readonly SessionRow[] = [],
): void => {
  if (isPairRoom(room)) return;
  const except = [session, ...concerned.map((it) => it.session)];
  draft.effects.push({ type: 'signal', signal: { type: 'deed', room, by, except, what } });
};
