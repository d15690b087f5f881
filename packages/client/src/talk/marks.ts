import type { ReferenceFrame } from '../line/event-frames.ts';
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

type ReactionFrame = Extract<ReferenceFrame, { readonly type: 'react' | 'unreact' }>;

const none: Marks = { edited: undefined, gone: false, reactions: [] };

/** Who reacts how, by person: one person reacts once so, whatever they are called by now. */
type Tally = ReadonlyMap<string, ReadonlyMap<string, string>>;

const personOf = ({ person, nickname }: ReactionFrame): string => person ?? nickKey(nickname);

/** The tally after one more reaction, or one less. */
const counted = (tally: Tally, frame: ReactionFrame): Tally => {
  const { type, reaction, nickname } = frame;
  const nicks = new Map(tally.get(reaction));
  nicks.delete(personOf(frame));
  if (type === 'react') nicks.set(personOf(frame), nickname);
  const now = new Map(tally);
  if (nicks.size > 0) now.set(reaction, nicks);
  else now.delete(reaction);
  return now;
};

/** What became of what was said, by its number, as far as is known. */
export const marksOf = (references: References): ReadonlyMap<number, Marks> => {
  const marks = new Map<number, Marks>();
  const tallies = new Map<number, Tally>();
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
      case 'unreact': {
        const tally = counted(tallies.get(event.ref) ?? new Map(), event);
        tallies.set(event.ref, tally);
        const reactions = Array.from(tally, ([reaction, nicks]) => ({
          ...{ reaction, nicks: [...nicks.values()] },
        }));
        marks.set(event.ref, { ...was, reactions });
        break;
      }
    }
  }
  return marks;
};
