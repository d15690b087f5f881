import type { Core } from '../core.ts';
import { randomId } from '../random-id.ts';

/** A ticket, why there is none, or `away`: the line broke before it was answered. */
export type Ticket =
  | { readonly is: 'ticket'; readonly ticket: string }
  | { readonly is: 'refused'; readonly message: string }
  | { readonly is: 'away' };

export type Tickets = {
  /** A ticket for a room, or for `@NICK`; the same for as long as it is good. */
  of(place: string): Promise<Ticket>;
  /** One that was refused is asked for anew. */
  forget(place: string): void;
};

/** A ticket is not begun with when it has less than this left. */
const LEFT_MS = 60_000;

/** Asks for tickets on the line. */
export const createTickets = (core: Core): Tickets => {
  const known = new Map<string, { readonly ticket: string; readonly until: number }>();
  const asked = new Map<
    string,
    { readonly place: string; readonly settle: (ticket: Ticket) => void }
  >();

  const settle = (id: string | undefined, ticket: Ticket): void => {
    if (id === undefined) return;
    asked.get(id)?.settle(ticket);
    asked.delete(id);
  };

  core.hear((frame) => {
    if (frame.type === 'upload') {
      const { id = '', ticket, until } = frame;
      const place = asked.get(id)?.place;
      if (place !== undefined) known.set(place, { ticket, until });
      settle(id, { is: 'ticket', ticket });
    }
    if (frame.type === 'error' && frame.of === 'upload')
      settle(frame.id, { is: 'refused', message: frame.message });
    // A ticket is for a session, and this may be another one.
    if (frame.type === 'login') known.clear();
  });
  core.line.subscribe(({ phase }) => {
    if (phase.is === 'in') return;
    for (const id of [...asked.keys()]) settle(id, { is: 'away' });
  });

  const ask = (place: string): Promise<Ticket> =>
    new Promise((settled) => {
      const id = randomId();
      asked.set(id, { place, settle: settled });
      if (!core.ask({ type: 'upload', room: place, id })) settle(id, { is: 'away' });
    });

  return {
    async of(place) {
      const kept = known.get(place);
      if (kept !== undefined && kept.until - LEFT_MS > Date.now())
        return { is: 'ticket', ticket: kept.ticket };
      return ask(place);
    },
    forget: (place) => void known.delete(place),
  };
};
