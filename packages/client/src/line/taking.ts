import type { Held, LineState, Step } from './line-state.ts';
import { afterHistory, inState, type Outgoing } from './outgoing.ts';
import { deliver, flush, stay } from './steps.ts';
import { isEvent, type ServerFrame } from './wire.ts';

export const withoutId = (outgoing: readonly Outgoing[], id: string): readonly Outgoing[] =>
  outgoing.some((message) => message.id === id)
    ? outgoing.filter((message) => message.id !== id)
    : outgoing;

const without = (cursors: Held['cursors'], room: string): Held['cursors'] => {
  const { [room]: _, ...rest } = cursors;
  return rest;
};

/** What a frame means for the line, once it is up. */
export const take = (state: LineState, frame: ServerFrame): Step => {
  if (isEvent(frame)) {
    const { room, seq, id } = frame;
    if (seq <= (state.cursors[room] ?? 0)) return stay(state);
    const cursors = { ...state.cursors, [room]: seq };
    return [{ ...state, cursors, outgoing: withoutId(state.outgoing, id) }, [deliver(frame)]];
  }
  switch (frame.type) {
    case 'ack': {
      const { id, room, seq } = frame;
      if (seq <= (state.cursors[room] ?? 0))
        return [{ ...state, outgoing: withoutId(state.outgoing, id) }, [deliver(frame)]];
      const outgoing = state.outgoing.map((message) =>
        message.id === id ? inState(message, { is: 'stored', room, seq }) : message,
      );
      return [{ ...state, outgoing }, [deliver(frame)]];
    }
    case 'error': {
      const { id, code, message: text } = frame;
      const refused = state.outgoing.some((message) => message.id === id);
      if (!refused) return [state, [deliver(frame)]];
      const outgoing = state.outgoing.map((message) =>
        message.id === id ? inState(message, { is: 'refused', code, message: text }) : message,
      );
      return stay({ ...state, outgoing });
    }
    case 'history': {
      // Only the newest page tells what the log does not have.
      if ((frame.events.at(-1)?.seq ?? 0) < frame.head) return [state, [deliver(frame)]];
      const ids = new Set(frame.events.map((event) => event.id));
      const outgoing = afterHistory(state.outgoing, frame.room, ids);
      return flush([{ ...state, outgoing }, [deliver(frame)]]);
    }
    case 'join': {
      const { room, since } = frame;
      const cursors = { ...state.cursors, [room]: state.cursors[room] ?? since };
      return [{ ...state, cursors }, [deliver(frame)]];
    }
    case 'part':
      return [{ ...state, cursors: without(state.cursors, frame.room) }, [deliver(frame)]];
    case 'gap': {
      const { room, next, epoch } = frame;
      const cursors = { ...state.cursors, [room]: next - 1 };
      const ticket = state.ticket && { ...state.ticket, epoch };
      return [{ ...state, cursors, ticket }, [deliver(frame)]];
    }
    case 'rename':
    case 'identified':
    case 'registered':
      return [{ ...state, nick: frame.nickname }, [deliver(frame)]];
    case 'close':
      if (state.phase.is !== 'in') return stay(state);
      return stay({ ...state, phase: { ...state.phase, farewell: frame } });
    case 'pong':
      return stay(state);
    default:
      return [state, [deliver(frame)]];
  }
};
