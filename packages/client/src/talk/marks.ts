import { nickKey } from './conversation.ts';
import type { References } from './references.ts';

/** One reaction to what was said, and who reacts so, in order. */
export type Reaction = { readonly reaction: string; readonly nicks: readonly string[] };

/** What became of something that was said. */
export type Marks = {
  /** The text in its place now. */
  readonly edited: string | undefined;
  /** It was taken back. */
  readonly gone: boolean;
  readonly reactions: readonly Reaction[];
};

const none: Marks = { edited: undefined, gone: false, reactions: [] };

const withReaction = (
  reactions: readonly Reaction[],
  reaction: string,
  nick: string,
): Reaction[] => {
  const its = reactions.find((it) => it.reaction === reaction)?.nicks ?? [];
  const others = its.filter((it) => nickKey(it) !== nickKey(nick));
  const now: Reaction = { reaction, nicks: [...others, nick] };
  return its.length === 0
    ? [...reactions, now]
    : reactions.map((it) => (it.reaction === reaction ? now : it));
};

const withoutReaction = (
  reactions: readonly Reaction[],
  reaction: string,
  nick: string,
): Reaction[] =>
  reactions
    .map((it) =>
      it.reaction === reaction
        ? { reaction, nicks: it.nicks.filter((its) => nickKey(its) !== nickKey(nick)) }
        : it,
    )
    .filter((it) => it.nicks.length > 0);

/** What became of what was said, by its number, as far as is known. */
export const marksOf = (references: References): ReadonlyMap<number, Marks> => {
  const marks = new Map<number, Marks>();
  for (const event of references) {
    const was = marks.get(event.ref) ?? none;
    switch (event.type) {
      case 'edit':
        if (event.message !== '') marks.set(event.ref, { ...was, edited: event.message });
        break;
      case 'delete':
        marks.set(event.ref, { ...was, gone: true });
        break;
      case 'react':
        marks.set(event.ref, {
          ...was,
          reactions: withReaction(was.reactions, event.reaction, event.nickname),
        });
        break;
      case 'unreact':
        marks.set(event.ref, {
          ...was,
          reactions: withoutReaction(was.reactions, event.reaction, event.nickname),
        });
        break;
    }
  }
  return marks;
};
