import {
  type EventKind,
  isPairRoom,
  limits,
  nickKey,
  type Problem,
  problem,
  type Ref,
} from '@partyline/protocol';
import type {
  EventKey,
  Reaction,
  ReactionKey,
  Referred,
  RoomRow,
  SessionRow,
} from '../store/rows.ts';
import type { Draft } from './draft.ts';
import { eventKey, reactionKey } from './loaded.ts';
import type { Reference } from './needs.ts';
import type { Found } from './rows.ts';

const said: ReadonlySet<EventKind> = new Set(['message', 'action', 'notice']);

/** Whether an event is something that was said, and not taken back. */
const isThere = (it: Referred | undefined): it is Referred =>
  it !== undefined && said.has(it.kind) && it.text !== '';

/** The numbers of a room's last events, the last one first: where `Ref`s without a number look. */
const lastSeqs = (head: number): readonly number[] =>
  Array.from({ length: Math.min(head, limits.lastEvents) }, (_, index) => head - index);

/** The events that are referred to, and the reactions to them that may be there already. */
export const referenceKeys = (
  references: readonly Reference[],
  rooms: Found<RoomRow>,
  personOf: (session: string) => string,
): { readonly events: readonly EventKey[]; readonly reactions: readonly ReactionKey[] } => {
  const events = new Map<string, EventKey>();
  const reactions = new Map<string, ReactionKey>();
  for (const { room, ref, reaction } of references) {
    if (ref === undefined) continue;
    const seqs = typeof ref === 'number' ? [ref] : lastSeqs(rooms.get(room)?.seq ?? 0);
    for (const seq of seqs) {
      events.set(eventKey({ room, seq }), { room, seq });
      if (reaction === undefined) continue;
      const { session, text } = reaction;
      for (const person of [personOf(session), session]) {
        const key: ReactionKey = { room, ref: seq, person, text };
        reactions.set(reactionKey(key), key);
      }
    }
  }
  return { events: [...events.values()], reactions: [...reactions.values()] };
};

/** Who may have said something. */
type Sayer = Pick<SessionRow, 'person' | 'session'>;

/** Whether a session said something. What it said as a guest is also its account's. */
export const isBy = (it: Referred, { person, session }: Sayer): boolean =>
  it.person === person || it.person === session;

/** What became last of somebody's reaction, which may be from when they were a guest. */
export const reactionOf = (
  draft: Draft,
  { person, session }: SessionRow,
  { room, seq: ref }: Referred,
  text: string,
): Reaction | undefined => {
  const own = draft.reaction({ room, ref, person, text });
  const asGuest = draft.reaction({ room, ref, person: session, text });
  return (asGuest?.seq ?? 0) > (own?.seq ?? 0) ? asGuest : own;
};

/** What a session refers to in a room: something that was said there. */
export const referredBy = (
  draft: Draft,
  author: Sayer,
  room: string,
  ref: Ref,
): Referred | Problem => {
  if (typeof ref === 'number') {
    const found = draft.referred({ room, seq: ref });
    return isThere(found) ? found : problem('event-unknown', { room, seq: ref });
  }
  const last = lastSeqs(draft.room(room)?.seq ?? 0)
    .map((seq) => draft.referred({ room, seq }))
    .filter(isThere);
  return choose(last, author, ref) ?? problem('event-unfound', { room });
};

/** What something that is said replies to, if to anything. */
export const replyTo = (
  draft: Draft,
  author: SessionRow,
  room: string,
  ref: Ref | undefined,
): { readonly target?: Referred } | Problem => {
  if (ref === undefined) return {};
  const target = referredBy(draft, author, room, ref);
  return 'code' in target ? target : { target };
};

/** Which of what was said last is meant; the last of it is first. */
const choose = (
  last: readonly Referred[],
  author: Sayer,
  ref: Exclude<Ref, number>,
): Referred | undefined => {
  if ('back' in ref) return last[ref.back - 1];
  if ('mine' in ref) return last.find((it) => isBy(it, author));
  const key = nickKey(ref.of);
  return last.find((it) => nickKey(it.nick) === key);
};

/** In a pair's log: the nick that an event about `target` goes to. */
export const toWhom = (author: SessionRow, target: Referred): { to?: string } => {
  if (!isPairRoom(target.room)) return {};
  if (!isBy(target, author)) return { to: target.nick };
  return target.to === null ? {} : { to: target.to };
};
