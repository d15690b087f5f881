import { EVERYWHERE, type Problem } from '@partyline/protocol';
import type { SessionRow } from '../store/rows.ts';
import { admissionProblem } from './admission.ts';
import type { Draft } from './draft.ts';
import { enter, leave, read } from './membership.ts';
import { bannedFrom } from './moderation/standing.ts';
import { nameTaken } from './naming.ts';
import { enterWaiting, keepCursors } from './waiting.ts';

/**
 * Ends a session for everybody else. One that ran out of time, or went without a word, can be resumed
 * for a while; one that said goodbye or was thrown out can't.
 */
export const end = (
  draft: Draft,
  session: SessionRow,
  how: { readonly resumable: boolean; readonly reason?: string },
): void => {
  if (session.state === 'live') keepCursors(draft, session);
  const rooms = Object.fromEntries(draft.members.of(session.session));
  const others = draft.sessionsOf(session.person).some((it) => it.session !== session.session);
  if (!others) draft.freeName(session.nameKey);
  for (const room of Object.keys(rooms))
    leave(draft, session, room, { how: 'quit', reason: how.reason });
  draft.putSession({
    ...session,
    state: 'ended',
    until: draft.now + (how.resumable ? draft.rules.resumeMs : 0),
    rooms,
  });
};

/** A session's connection vanished: it keeps its place until its time is out. */
export const detach = (draft: Draft, session: SessionRow): void => {
  if (session.state !== 'live') return;
  keepCursors(draft, session);
  read(draft, session, -1);
  draft.putSession({ ...session, state: 'detached', until: draft.now + draft.rules.graceMs });
};

/** Under which nobody says hello. */
const NOWHERE = '';

/**
 * Takes a session from its instance, which can't be told what became of it: by its next hello, or the
 * next word of the session, it learns that it holds it no more, and the client resumes.
 */
export const release = (draft: Draft, id: string): void => {
  const session = draft.session(id);
  if (session === undefined || session.state === 'ended') return;
  detach(draft, session);
  draft.putSession({ ...(draft.session(id) ?? session), instance: NOWHERE });
};

/** Where a session is held from now on. */
export type Place = Pick<SessionRow, 'instance' | 'wire' | 'address'>;

/** Holds a session at a place, and brings it back if it had ended. Undefined when all is well. */
export const hold = (draft: Draft, session: SessionRow, place: Place): Problem | undefined => {
  const live: SessionRow = { ...session, ...place, state: 'live', until: null, rooms: null };
  const banned = bannedFrom(draft, EVERYWHERE, live);
  if (banned !== undefined) return banned;
  switch (session.state) {
    case 'live':
      if (session.instance !== place.instance) {
        read(draft, session, -1);
        read(draft, live, 1);
      }
      draft.putSession(live);
      return undefined;
    case 'detached':
      read(draft, live, 1);
      draft.putSession(live);
      return undefined;
    case 'ended':
      return bringBack(draft, live, session.rooms ?? {});
  }
};

const bringBack = (
  draft: Draft,
  session: SessionRow,
  rooms: Readonly<Record<string, number>>,
): Problem | undefined => {
  // Somebody who is online by another session has one nick everywhere, and is away everywhere.
  const other = draft.sessionsOf(session.person)[0];
  const { nick, nameKey, realName, away } = other ?? { ...session, away: null };
  const taken = nameTaken(draft, nick, session);
  if (taken !== undefined) return taken;
  const back = { ...session, nick, nameKey, realName, away };
  draft.claimName({ nameKey, nick, person: session.person });
  draft.putSession(back);
  for (const [room, since] of Object.entries(rooms))
    if ((bannedFrom(draft, room, back) ?? admissionProblem(draft, back, room)) === undefined)
      enter(draft, back, room, since);
  enterWaiting(draft, back);
  return undefined;
};
