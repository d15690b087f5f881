import type { Renderer } from '@partyline/gateway';
import { type Block, type Inline, readLine, readMarkup } from '@partyline/markup';
import { type Event, LOBBY, type Quote } from '@partyline/protocol';
import { type Shared, sharedIn } from './shared.ts';

/** An event of a log as pages show it. */
export type Entry = {
  readonly seq: number;
  /** ISO 8601, in UTC. */
  readonly at: string;
  readonly day: string;
  readonly time: string;
} & (
  | {
      readonly type: 'said';
      readonly nick: string;
      /** None where a file speaks for itself. */
      readonly words: readonly Block[];
      readonly file: Shared | undefined;
      readonly quote: (Quote & { readonly seq: number }) | undefined;
    }
  /** What isn't something said is told in the words of the text dialect. */
  | { readonly type: 'told'; readonly line: readonly Inline[] }
);

/** Entries of events; `words` is the text dialect's. */
export const entriesOf = (events: readonly Event[], words: Renderer): readonly Entry[] =>
  events.map((event) => {
    const { seq, kind, nick, text, ref, quote } = event;
    const at = new Date(event.at).toISOString();
    const when = { seq, at, day: at.slice(0, 10), time: at.slice(11, 16) };
    const shared = sharedIn(event);
    const caption = shared?.caption ?? text;
    const isSaid = (kind === 'message' || kind === 'notice') && text !== '';
    return isSaid
      ? {
          ...{ ...when, type: 'said', nick },
          ...{ words: caption === '' ? [] : readMarkup(caption), file: shared?.file },
          quote: quote !== undefined && ref !== undefined ? { ...quote, seq: ref } : undefined,
        }
      : {
          ...{ ...when, type: 'told' },
          line: readLine(words.event({ ...event, room: LOBBY }).join('\n')),
        };
  });
