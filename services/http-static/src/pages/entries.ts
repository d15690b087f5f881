import type { Renderer } from '@partyline/gateway';
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
      readonly text: string;
      readonly file: Shared | undefined;
      readonly quote: (Quote & { readonly seq: number }) | undefined;
    }
  /** What isn't something said is told in the words of the text dialect. */
  | { readonly type: 'told'; readonly text: string }
);

/** Entries of events; `words` is the text dialect's. */
export const entriesOf = (events: readonly Event[], words: Renderer): readonly Entry[] =>
  events.map((event) => {
    const { seq, kind, nick, text, ref, quote } = event;
    const at = new Date(event.at).toISOString();
    const when = { seq, at, day: at.slice(0, 10), time: at.slice(11, 16) };
    const shared = sharedIn(event);
    const isSaid = (kind === 'message' || kind === 'notice') && text !== '';
    return isSaid
      ? {
          ...{ ...when, type: 'said', nick },
          ...{ text: shared?.caption ?? text, file: shared?.file },
          quote: quote !== undefined && ref !== undefined ? { ...quote, seq: ref } : undefined,
        }
      : { ...when, type: 'told', text: words.event({ ...event, room: LOBBY }).join('\n') };
  });
