import { EVERYWHERE, LOBBY, type Problem, problem, skeleton } from '@partyline/protocol';
import type { AccountRow, SessionRow } from '../../store/rows.ts';
import { endOthers } from '../access.ts';
import { admissionProblem } from '../admission.ts';
import { admit, knownAlready } from '../arrival.ts';
import type { Draft } from '../draft.ts';
import { provenAccount } from '../evidence.ts';
import { invitedMeanwhile, tellInvited } from '../invitations.ts';
import type { Answered } from '../log.ts';
import { changer, enter, leave } from '../membership.ts';
import { putOut } from '../moderation/putting-out.ts';
import { bannedFrom, bannedFromAny } from '../moderation/standing.ts';
import { renamePerson, tellPlaces, tellRenamed } from '../naming.ts';
import { opened } from '../opened.ts';
import { enterWaiting } from '../waiting.ts';
import type { Identity, Registered, TaskOf } from '../work.ts';

const liveSession = (draft: Draft, id: string): SessionRow | Problem => {
  const session = draft.session(id);
  return session?.state === 'live' ? session : problem('session-unknown', { session: id });
};

/**
 * Keeps a session's nick for its holder. Under its account's nick it sets the account's password,
 * and ends the other sessions, which may be somebody's who knew the old one; certificates stay, and
 * are told. Under another nick it can't, since a person has one account and that one nick.
 */
export const register = (draft: Draft, task: TaskOf<'register'>): Registered | Problem => {
  const session = liveSession(draft, task.session);
  if ('code' in session) return session;
  const { nick, nameKey } = session;
  const owned = draft.registered(nameKey);
  if (owned !== undefined && owned.account === session.account) {
    draft.putAccount({ ...owned, password: task.password });
    const ended = endOthers(draft, owned, session.session);
    const changed = { ended, certificates: draft.loaded.certified.length };
    return { nick, account: owned.account, accountNick: owned.nick, changed };
  }
  const own = session.account === null ? undefined : draft.account(session.account);
  if (own !== undefined) return problem('account-has-nick', { nick: own.nick });
  if (owned !== undefined) return problem('nick-registered', { nick });

  const look = skeleton(nick);
  const [alike] = draft.registeredLike(look);
  if (alike !== undefined) return problem('nick-confusable', { nick: alike.nick });

  const { account, password } = task;
  const row = { account, nameKey, nick, skeleton: look, password, createdAt: draft.now, bot: null };
  draft.putAccount(row);
  draft.claimName({ nameKey, nick, person: account });
  const now = { ...session, person: account, account };
  draft.putSession(now);
  draft.moderation.carry(session.person, account);
  tellPlaces(draft, account, { change: 'identified', ...changer(draft, now) });
  return { nick, account, accountNick: nick };
};

/** A session becomes its account's, and takes the nick that the account goes by. */
export const identify = (draft: Draft, task: TaskOf<'identify'>): Identity | Problem => {
  const session = liveSession(draft, task.session);
  if ('code' in session) return session;
  const account = provenAccount(draft, task);
  if ('code' in account) return account;
  if (session.account === account.account) {
    renamePerson(draft, session, account.nick);
    return { nick: account.nick, account: account.account, accountNick: account.nick };
  }
  if (session.account !== null) return problem('login-done');
  const known = { ...session, person: account.account, nameKey: account.nameKey };
  const banned = bannedFrom(draft, EVERYWHERE, known);
  if (banned !== undefined) return banned;
  const identity = become(draft, session, account);
  keepOut(draft, session.session);
  return identity;
};

/** Puts a session out of the rooms that it may not be in as what it became. */
const keepOut = (draft: Draft, id: string): void => {
  const session = draft.session(id);
  if (session === undefined) return;
  for (const room of [...draft.members.of(id).keys()]) {
    const banned = bannedFrom(draft, room, session);
    if (banned !== undefined)
      putOut(draft, session, room, { reason: String(banned.params?.reason) });
  }
};

/**
 * Alone, the account shows as the guest renamed. Beside other sessions of it, the guest leaves and
 * the account is where the guest was; the session itself misses nothing.
 */
const become = (draft: Draft, guest: SessionRow, { account, ...named }: AccountRow): Identity => {
  const [other] = draft.sessionsOf(account);
  const { nick, nameKey } = other ?? named;
  const { away, realName } = other ?? guest;
  const rooms = [...draft.members.of(guest.session)];
  const now: SessionRow = { ...guest, person: account, account, nick, nameKey, realName, away };
  draft.moderation.carry(guest.person, account);
  draft.freeName(guest.nameKey);
  if (other !== undefined) for (const [room] of rooms) leave(draft, guest, room, { how: 'quit' });
  draft.claimName({ nameKey, nick, person: account });
  draft.putSession(now);
  if (other !== undefined) for (const [room, since] of rooms) enter(draft, now, room, since);
  else {
    if (nick !== guest.nick) tellRenamed(draft, now, guest.nick);
    tellPlaces(draft, account, { change: 'identified', ...changer(draft, now) });
  }
  for (const { room, since } of enterWaiting(draft, now))
    draft.effects.push({
      type: 'line',
      instance: now.instance,
      line: { type: 'entered', session: now.session, room, since },
    });
  for (const it of invitedMeanwhile(draft, now)) tellInvited(draft, now, it);
  return { nick, account, accountNick: named.nick };
};

/**
 * A session begins as its account's. It goes by the nick that the account goes by elsewhere, and,
 * unless it is quiet, is brought to where something waits for it.
 */
export const login = (draft: Draft, task: TaskOf<'login'>): Answered | Problem => {
  const { type: _, account: id, evidence, rooms = [LOBBY], quiet = false, ...stranger } = task;
  const { instance } = stranger;
  if (draft.instance(instance) === undefined) return problem('instance-unknown', { instance });
  const known = knownAlready(draft, stranger);
  if (known !== undefined) return known;
  const account = provenAccount(draft, { account: id, evidence });
  if ('code' in account) return account;
  const { nick, nameKey } = draft.sessionsOf(id)[0] ?? account;
  const who = { nick, nameKey, person: id, account: id };
  const banned = bannedFromAny(draft, rooms, { ...stranger, ...who });
  if (banned !== undefined) return banned;
  for (const room of rooms) {
    const wrong = admissionProblem(draft, { session: stranger.session, ...who }, room);
    if (wrong !== undefined) return wrong;
  }
  const session = admit(draft, stranger, who, rooms);
  if (quiet) return opened(draft, session);
  enterWaiting(draft, session);
  return opened(draft, session, invitedMeanwhile(draft, session));
};
