import { isProblem, nickOfPlace, type Problem, pairRoom, problem } from '@partyline/protocol';
import type { MarkerRow, SessionRow } from '../../store/rows.ts';
import type { Draft } from '../draft.ts';
import { called } from '../moderation/doing.ts';
import { actor, type Decider } from './asked.ts';
import { joinedRoom, spelling } from './say.ts';

/** What is read: a room that one is in, or the log that one shares with somebody, who is its peer. */
type Place = { readonly room: string; readonly peer?: string };

const placeOf = (draft: Draft, reader: SessionRow, asked: string): Place | Problem => {
  const nick = nickOfPlace(asked);
  if (nick === undefined) {
    const room = spelling(asked);
    return isProblem(room) ? room : { room };
  }
  const other = called(draft, nick);
  return other === undefined
    ? problem('nick-unknown', { nick })
    : { room: pairRoom(reader.person, other.person), peer: other.nick };
};

/** Tells the other live sessions of an account how far it has read where they are. */
const tellOthers = (
  draft: Draft,
  { person, session: own }: SessionRow,
  { room, peer }: Place,
  { seq, at }: MarkerRow,
): void => {
  for (const { session, instance, state } of draft.sessionsOf(person))
    if (session !== own && state === 'live' && draft.members.of(session).has(room))
      draft.effects.push({
        ...{ type: 'line', instance },
        line: { type: 'marked', session, room, seq, at, ...(peer !== undefined && { peer }) },
      });
};

/**
 * Somebody has read so far. It is kept for accounts, and never goes back: whoever says less is told
 * what stands.
 */
export const mark: Decider<'mark'> = (asked) => {
  const { draft, command } = asked;
  const session = actor(asked);
  if ('code' in session) return session;
  const { account } = session;
  if (account === null) return problem('account-needed');
  const place = placeOf(draft, session, command.room);
  if (isProblem(place)) return place;
  const { room, peer } = place;
  const row = peer === undefined ? joinedRoom(draft, session, room) : draft.room(room);
  if (row === undefined) return problem('room-unknown', { room: command.room });
  if ('code' in row) return row;
  const was = draft.marker({ room, account }) ?? { room, account, seq: 0, at: 0 };
  const now = {
    ...{ room, account },
    seq: Math.max(was.seq, Math.min(command.seq, row.seq)),
    at: Math.max(was.at, Math.min(command.at, Math.max(draft.now, row.lastAt))),
  };
  if (now.seq !== was.seq || now.at !== was.at) {
    draft.putMarker(now);
    tellOthers(draft, session, place, now);
  }
  const { seq, at } = now;
  return { type: 'marked', room, seq, at, ...(peer !== undefined && { peer }) };
};
