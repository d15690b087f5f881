import {
  isPairRoom,
  nickKey,
  type PresenceChange,
  type Problem,
  problem,
  skeleton,
} from '@partyline/protocol';
import type { SessionRow } from '../store/rows.ts';
import type { Draft } from './draft.ts';
import { changer } from './membership.ts';

/** Why a person (or somebody new) can't have a nick, or undefined. */
export const nameTaken = (
  draft: Draft,
  nick: string,
  by?: { readonly person: string; readonly account: string | null },
): Problem | undefined => {
  const key = nickKey(nick);
  const account = draft.registered(key);
  if (account !== undefined && account.account !== by?.account)
    return problem('nick-registered', { nick });
  if (account === undefined) {
    const alike = draft.registeredLike(skeleton(nick)).find((it) => it.account !== by?.account);
    if (alike !== undefined) return problem('nick-confusable', { nick: alike.nick });
  }
  const holder = draft.holder(key);
  if (holder !== undefined && holder.person !== by?.person) return problem('nick-taken');
  return undefined;
};

/**
 * Gives the person of a session another nick, in all its sessions; the others are told so, and every
 * room they are in once.
 */
export const renamePerson = (draft: Draft, by: SessionRow, nick: string): void => {
  if (by.nick === nick) return;
  const { person } = by;
  const nameKey = nickKey(nick);
  if (nameKey !== by.nameKey) draft.freeName(by.nameKey);
  draft.claimName({ nameKey, nick, person });
  for (const it of draft.sessionsOf(person)) {
    draft.putSession({ ...it, nick, nameKey });
    const { session, instance, state } = it;
    if (session !== by.session && state === 'live')
      draft.effects.push({ type: 'line', instance, line: { type: 'renamed', session, nick } });
  }
  tellRenamed(draft, { ...by, nick, nameKey }, by.nick);
};

/** Tells every room of a person that the nick `was` is another now. */
export const tellRenamed = (draft: Draft, now: SessionRow, was: string): void => {
  tellPlaces(draft, now.person, { change: 'renamed', was, ...changer(draft, now) });
};

/** Tells every room that a person is in of a change, once. */
export const tellPlaces = (draft: Draft, person: string, change: PresenceChange): void => {
  const ids = draft.sessionsOf(person).map((it) => it.session);
  const rooms = new Set(ids.flatMap((id) => [...draft.members.of(id).keys()]));
  for (const room of rooms)
    if (!isPairRoom(room)) {
      const members = draft.room(room)?.members ?? 0;
      draft.effects.push({ type: 'presence', room, change, members });
    }
};
