import type { Held } from '../line/line-state.ts';
import { unread } from './conversation.ts';
import type { Remembered, Talk } from './talk.ts';

/** What outlives a client, so that its next life goes on where this one stood. */
export type Memory = {
  readonly held: Held;
  readonly remembered: Remembered;
  /** What was written and not sent, by conversation. */
  readonly drafts: readonly (readonly [key: string, text: string])[];
};

/**
 * What is worth remembering of a line and its conversations; of these, until the line was up, what
 * was remembered `before`.
 */
export const memoryOf = (
  held: Held,
  talk: Talk,
  drafts: ReadonlyMap<string, string>,
  before: Memory | undefined,
): Memory => {
  const { nick, ticket, cursors, outgoing } = held;
  const kept = {
    held: { nick, ticket, cursors, outgoing },
    drafts: [...drafts].filter(([, text]) => text !== ''),
  };
  if (before !== undefined && (talk.session === '' || ticket === undefined))
    return { ...kept, remembered: before.remembered };
  const conversations = [...talk.conversations.values()];
  const read = conversations.flatMap((it): [string, number][] =>
    it.room === undefined || unread(it) === 0 ? [] : [[it.room, it.read]],
  );
  return {
    ...kept,
    remembered: {
      epoch: talk.epoch,
      current: talk.current,
      read: Object.fromEntries(read),
      cursors,
      privates: conversations
        .filter((it) => it.kind === 'private')
        .map(({ name, room }) => ({ nick: name, room })),
    },
  };
};
