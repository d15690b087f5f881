import {
  cleanText,
  EVERYWHERE,
  isPairRoom,
  isProblem,
  nickKey,
  type Problem,
  problem,
  roomName,
} from '@partyline/protocol';
import type { SessionRow } from '../../store/rows.ts';
import { type Asked, actor } from '../commands/asked.ts';
import { type Draft, OPERATOR } from '../draft.ts';
import { type Deed, isBelow, lacking, type Rank } from './rights.ts';
import { rankIn } from './standing.ts';

/** Who does a deed. */
export type Doer = {
  readonly nick: string;
  readonly person: string;
  /** In which session. */
  readonly session: string;
  /** By which publish. */
  readonly id: string;
  readonly rank: Rank;
};

/** Whom a deed is done to; maybe in several sessions, maybe in none. */
export type Target = {
  readonly nick: string;
  readonly person: string;
  readonly sessions: readonly SessionRow[];
};

/** Whoever is behind the admin API. */
export const operator = { nick: OPERATOR, person: OPERATOR, session: OPERATOR } as const;

type AnyDeed = Pick<Asked<Deed>, 'draft' | 'session' | 'by' | 'id'>;

/** Whoever acts, when entitled to a deed in a room. */
export const doer = (asked: AnyDeed, room: string, deed: Deed): Doer | Problem =>
  entitled(asked, actor, room, deed);

/** The same of whoever a service does something for, wherever that session is held. */
export const doerServed = (asked: AnyDeed, room: string, deed: Deed): Doer | Problem =>
  entitled(
    asked,
    ({ draft, session }) => {
      const row = draft.session(session);
      return row === undefined || row.state === 'ended'
        ? problem('session-unknown', { session })
        : row;
    },
    room,
    deed,
  );

const entitled = (
  asked: AnyDeed,
  whose: (asked: AnyDeed) => SessionRow | Problem,
  room: string,
  deed: Deed,
): Doer | Problem => {
  const { id } = asked;
  if (asked.by.instance === OPERATOR) return { ...operator, id, rank: 'console' };
  const acting = whose(asked);
  if ('code' in acting) return acting;
  const { nick, person, session } = acting;
  const rank = rankIn(asked.draft, room, person);
  const lacks = lacking(rank, deed);
  if (lacks === undefined) return { nick, person, session, id, rank };
  return room === EVERYWHERE ? problem('operator-needed') : problem(`${lacks}-needed`, { room });
};

/** A room that deeds are done in. */
export const moderated = (draft: Draft, asked: string): string | Problem => {
  const room = isPairRoom(asked) ? problem('room-unknown', { room: asked }) : roomName(asked);
  if (isProblem(room)) return room;
  return draft.room(room) === undefined ? problem('room-unknown', { room }) : room;
};

/** The same, or the whole server. */
export const moderatedOrAll = (draft: Draft, asked: string): string | Problem =>
  asked === EVERYWHERE ? EVERYWHERE : moderated(draft, asked);

/** Whoever holds a nick, or the account that it is registered to. */
export const called = (draft: Draft, nick: string): Target | undefined => {
  const key = nickKey(nick);
  const holder = draft.holder(key);
  const account = draft.registered(key);
  const person = holder?.person ?? account?.account;
  if (person === undefined) return undefined;
  return {
    nick: holder?.nick ?? account?.nick ?? nick,
    person,
    sessions: draft.sessionsOf(person),
  };
};

/** The same, if below whoever acts. */
export const calledBelow = (draft: Draft, by: Doer, room: string, nick: string) => {
  const target = called(draft, nick);
  return target === undefined ? problem('nick-unknown', { nick }) : below(draft, by, room, target);
};

/** Whom a deed is to be done to, if that is below whoever acts. */
export const below = (draft: Draft, by: Doer, room: string, target: Target): Target | Problem =>
  isBelow(rankIn(draft, room, target.person), by.rank)
    ? target
    : problem('rank-too-low', { nick: target.nick });

/** A reason as it is kept: on one line. */
export const oneLine = (reason: string | undefined): string =>
  cleanText(reason ?? '')
    .replace(/\s+/g, ' ')
    .trim();

/** When something ends that is to last so long. */
export const endOf = (draft: Draft, forMs: number | undefined): number | null =>
  forMs === undefined ? null : draft.now + forMs;

/** Writes a deed into the audit log. */
export const record = (
  draft: Draft,
  { nick, person, id = null }: Pick<Doer, 'nick' | 'person'> & { readonly id?: string | null },
  deed: { deed: string; room: string; target?: string; detail?: string; reason?: string },
): void => {
  const { target = null, detail = null, reason = '', ...what } = deed;
  const by = { by: nick, person, id };
  const { token = null } = draft;
  draft.moderation.record({ at: draft.now, ...by, ...what, target, detail, reason, token });
};
