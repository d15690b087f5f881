import type { Event } from '@partyline/protocol';
import type { Tale } from '../store/peers.ts';
import type { EventKey } from '../store/rows.ts';
import type { Effect } from './effect.ts';

/** An event is told by its number: its text is in the log, and gone from there when it is taken back. */
type EventTold = EventKey & { readonly type: 'event'; readonly trace?: string };

/** An effect as other cores are told of it. */
type Told = EventTold | Exclude<Effect, { type: 'event' | 'attached' | 'lapsed' }>;

const toldOf = (effect: Effect): Told | undefined => {
  switch (effect.type) {
    case 'event': {
      const { room, seq, trace } = effect.event;
      return { type: 'event', room, seq, ...(trace !== undefined && { trace }) };
    }
    case 'attached':
      return { type: 'elsewhere', instance: effect.instance };
    case 'lapsed':
      return undefined;
    default:
      return effect;
  }
};

/** What a batch came to, for other cores; undefined when there is nothing to tell. */
export const taleOf = (effects: readonly Effect[], isDurable: boolean): Tale | undefined => {
  const told = effects.flatMap((it) => toldOf(it) ?? []);
  const closed = effects.flatMap((it) =>
    it.type === 'lapsed' || it.type === 'gone' ? it.instance : [],
  );
  if (told.length + closed.length === 0) return undefined;
  const opened = effects.flatMap((it) => (it.type === 'attached' ? it.instance : []));
  return { text: JSON.stringify(told), opened, closed, isDurable };
};

const keyOf = ({ room, seq }: EventKey): string => `${room}\n${seq}`;

/** What tales tell, with the events as the log has them by now. */
export const effectsOf = async (
  texts: readonly string[],
  eventsAt: (keys: readonly EventKey[]) => Promise<readonly Event[]>,
): Promise<readonly Effect[]> => {
  const told = texts.flatMap((text) => JSON.parse(text) as Told[]);
  const keys = told.filter((it) => it.type === 'event');
  const events = new Map((await eventsAt(keys)).map((it) => [keyOf(it), it]));
  return told.flatMap((it): Effect | [] => {
    if (it.type !== 'event') return it;
    // One that is trimmed by now is a hole, which is filled from the log.
    const event = events.get(keyOf(it));
    const trace = it.trace === undefined ? {} : { trace: it.trace };
    return event === undefined ? [] : { type: 'event', event: { ...event, ...trace } };
  });
};
