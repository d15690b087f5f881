import type { Tickets } from './tickets.ts';
import type { Answer, Begun, Tus } from './tus.ts';
import type { UploadState } from './upload.ts';

/** What sending a file needs of the world. */
export type Means = {
  readonly tus: Tus;
  readonly tickets: Tickets;
  /** Resolves when the line is up, at once when it is. */
  readonly whenUp: (signal: AbortSignal) => Promise<void>;
  /** Waits before the attempt after `failures` failed ones, or as long as was asked for. */
  readonly pause: (failures: number, afterMs: number | undefined) => Promise<void>;
};

export type Sending = {
  readonly file: File;
  /** A room, or `@NICK`. */
  readonly place: string;
  readonly signal: AbortSignal;
  readonly onState: (state: UploadState) => void;
};

/**
 * Sends a file until it is told where it belongs, is refused, or is given up by the signal. It goes
 * on where it broke off, whatever was away: the network, the line, or the service that takes it.
 */
export const sendFile = async (
  { file, place, signal, onState }: Sending,
  { tus, tickets, whenUp, pause }: Means,
): Promise<void> => {
  let path: string | undefined;
  let sent = 0;
  let failures = 0;

  const show = (now: number): void => {
    sent = now;
    onState(sent === file.size ? { is: 'telling' } : { is: 'sending', sent });
  };

  /** The next request, by how far it is. */
  const next = async (ticket: string): Promise<Begun | Answer> => {
    if (path === undefined) return tus.begin(file, ticket, signal);
    const found = await tus.find(path, ticket, signal);
    if (found.is !== 'there') return found;
    show(found.sent);
    const before = sent;
    const answer = await tus.send(path, { file, offset: found.sent }, ticket, {
      signal,
      onSent: show,
    });
    if (sent > before) failures = 0;
    return answer;
  };

  while (!signal.aborted) {
    await whenUp(signal);
    if (signal.aborted) break;
    const ticket = await tickets.of(place);
    if (ticket.is === 'away') continue;
    if (ticket.is === 'refused') {
      onState(ticket);
      return;
    }
    const it = await next(ticket.ticket);
    if (it.is === 'begun') path = it.path;
    if (signal.aborted) {
      if (path !== undefined) tus.forget(path, ticket.ticket);
      return;
    }
    switch (it.is) {
      case 'begun':
        break;
      case 'there':
        show(it.sent);
        break;
      case 'told':
        onState({ is: 'done' });
        return;
      case 'refused':
        onState(it);
        return;
      case 'unknown':
        path = undefined;
        failures += 1;
        await pause(failures, undefined);
        break;
      case 'unauthorized':
        tickets.forget(place);
        failures += 1;
        await pause(failures, undefined);
        break;
      case 'broken':
        failures += 1;
        onState({ is: 'paused', sent });
        await pause(failures, it.afterMs);
        break;
    }
  }
};
