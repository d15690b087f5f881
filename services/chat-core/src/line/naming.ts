import { isPairRoom, nickKey, type Problem, problem, skeleton } from '@partyline/protocol';
import type { SessionRow } from '../store/rows.ts';
import type { Draft } from './draft.ts';

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

/** Gives a person another nick, in all sessions; every room they are in is told once. */
export const renamePerson = (draft: Draft, person: string, nick: string): void => {
  const sessions = draft.sessionsOf(person);
  const [first] = sessions;
  if (first === undefined || first.nick === nick) return;
  const nameKey = nickKey(nick);
  if (nameKey !== first.nameKey) draft.freeName(first.nameKey);
  draft.claimName({ nameKey, nick, person });
  for (const it of sessions) draft.putSession({ ...it, nick, nameKey });
  tellRenamed(draft, { ...first, nick, nameKey }, first.nick);
};

/** Tells every room of a person that the nick `was` is another now. */
export const tellRenamed = (draft: Draft, now: SessionRow, was: string): void => {
  const { person, session, nick } = now;
  const ids = draft.sessionsOf(person).map((it) => it.session);
  const rooms = new Set(ids.flatMap((id) => [...draft.members.of(id).keys()]));
  const change = { change: 'renamed', nick, was, session, online: draft.online } as const;
  for (const room of rooms)
    if (!isPairRoom(room)) {
      const members = draft.room(room)?.members ?? 0;
      draft.effects.push({ type: 'presence', room, change, members });
    }
};
