import { UNFRAGMENTED_BYTES, writeDatagram } from '@partyline/lan';
import type { Event } from '@partyline/protocol';

/** A trace is for the services' logs; it is nobody else's. */
const withoutTrace = ({ trace: _, ...event }: Event): Event => event;

/**
 * Datagrams that hold a room's events, in order: as many in each as fit without fragments. One that
 * alone is longer goes alone, in fragments.
 */
export const packed = (epoch: string, events: readonly Event[], bytes = UNFRAGMENTED_BYTES) => {
  const datagrams: Buffer[] = [];
  let pack: Event[] = [];
  let last: Buffer | undefined;
  for (const event of events.map(withoutTrace)) {
    const longer = writeDatagram({ type: 'feed', epoch, events: [...pack, event] });
    if (last !== undefined && longer.length > bytes) {
      datagrams.push(last);
      pack = [event];
      last = writeDatagram({ type: 'feed', epoch, events: pack });
    } else {
      pack.push(event);
      last = longer;
    }
  }
  if (last !== undefined) datagrams.push(last);
  return datagrams;
};
