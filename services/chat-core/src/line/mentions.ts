import { type EventKind, mentionable, nickKey } from '@partyline/protocol';
import type { Draft } from './draft.ts';

const isTold: ReadonlySet<EventKind> = new Set(['message', 'action', 'notice', 'edit']);

/** Who holds or has registered a nick, as they spell it. */
const nickOf = (draft: Draft, asked: string): string | undefined => {
  const key = nickKey(asked);
  return draft.holder(key)?.nick ?? draft.registered(key)?.nick;
};

/** The nicks that a text tells by `@nick`, in order, each once; null when there is none. */
export const mentioned = (
  draft: Draft,
  kind: EventKind,
  text: string,
): readonly string[] | null => {
  if (!isTold.has(kind)) return null;
  const nicks = new Set<string>();
  for (const spellings of mentionable(text)) {
    const nick = spellings.map((it) => nickOf(draft, it)).find((it) => it !== undefined);
    if (nick !== undefined) nicks.add(nick);
  }
  return nicks.size === 0 ? null : [...nicks];
};
