import type { Card, EventKind, Receipt } from '@partyline/protocol';
import type { Referred, RoomRow } from '../store/rows.ts';
import type { Draft } from './draft.ts';
import { mentioned } from './mentions.ts';

/** Who an entry of the log is by. */
export type Author = { readonly session: string; readonly person: string; readonly nick: string };

/** What is to be appended. */
export type Entry = {
  readonly room: RoomRow;
  readonly id: string;
  readonly author: Author;
  readonly kind: EventKind;
  readonly text: string;
  readonly to?: string;
  /** What it refers to. */
  readonly target?: Referred;
  readonly card?: Card | undefined;
  readonly trace: string | undefined;
};

/** An answer before it is given the publish's id. */
export type Answered<R = Receipt> = R extends Receipt ? Omit<R, 'id'> : never;

/** The receipt that a publish got when it was here before. */
export const receiptOfRepeat = (
  draft: Draft,
  room: string,
  person: string,
  id: string,
): Answered | undefined => {
  const found = draft.published(room, person, id);
  return found && { type: 'published', room, seq: found.seq, at: found.at };
};

/** Gives an event the room's next number and appends it. */
export const append = (draft: Draft, entry: Entry): Answered => {
  const { room, id, author, kind, text, to = null, target, card = null, trace } = entry;
  const seq = room.seq + 1;
  const at = Math.max(draft.now, room.lastAt);
  const { session, person, nick } = author;
  draft.putRoom({ ...room, seq, lastAt: at });
  draft.append(
    {
      ...{ room: room.room, seq, at, id, kind, session, person, nick, text, to },
      ...{ ref: target?.seq ?? null, mentions: mentioned(draft, kind, text), card },
    },
    trace,
    target,
  );
  return { type: 'published', room: room.room, seq, at };
};
