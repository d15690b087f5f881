import type { ServerResponse } from 'node:http';
import type { Answer, Gateway, Guests, Interpreter, Receiver, Request } from '@partyline/gateway';
import { type Problem, problem } from '@partyline/protocol';
import type { Visitor } from '../visitors/visitor.ts';
import { StreamConnection } from './connection.ts';
import type { Cursor } from './cursor.ts';
import type { StreamFormat } from './formats.ts';

/** How often a quiet stream shows that it lives: well within the minute that proxies commonly wait. */
const HEARTBEAT_MS = 25_000;
/** Names that are made up for a guest before it is told that its name is taken. */
const NAMES = 5;

export type StreamRequest = {
  readonly visitor: Visitor;
  readonly room: string;
  readonly format: StreamFormat;
  /** The last event that the client knows; from now on when left out. */
  readonly cursor?: Cursor;
  readonly response: ServerResponse;
  /** Sends the head of the answer. */
  readonly begin: () => void;
};

export type StreamsOptions = {
  readonly gateway: Pick<Gateway, 'accept'>;
  readonly guests: Guests;
  /** Streams open at once. */
  readonly max: number;
};

/** Everybody who reads a room as a stream: each is a session, online under its name. */
export class Streams implements Disposable {
  readonly #options: StreamsOptions;
  readonly #beating = new Map<StreamConnection, Uint8Array>();
  readonly #beat: NodeJS.Timeout;
  #open = 0;

  constructor(options: StreamsOptions) {
    this.#options = options;
    this.#beat = setInterval(() => {
      for (const [connection, frame] of this.#beating) connection.beat(frame);
    }, HEARTBEAT_MS);
    this.#beat.unref();
  }

  get open(): number {
    return this.#open;
  }

  /** Opens a stream; resolves once it has begun, or with why it doesn't. */
  async start(request: StreamRequest): Promise<Problem | undefined> {
    if (this.#open >= this.#options.max) return problem('line-full');
    this.#open += 1;
    const { response, visitor, format } = request;
    const connection = new StreamConnection(response, visitor.address);
    const started = Promise.withResolvers<Problem | undefined>();
    response.on('close', () => {
      this.#open -= 1;
      this.#beating.delete(connection);
      started.resolve(problem('unavailable'));
    });
    const receiver = this.#options.gateway.accept(connection, {
      name: 'http',
      interpreter: () =>
        interpreterOf(request, () => receiver, this.#options.guests, {
          begun: () => {
            if (format.heartbeat !== undefined)
              this.#beating.set(connection, format.renderer.encode([format.heartbeat]));
            started.resolve(undefined);
          },
          refused: (it) => {
            started.resolve(it);
            // Not from within the session's own answer.
            setImmediate(() => receiver.gone('ended'));
          },
        }),
    });
    connection.deliverTo(receiver);
    receiver.frame(JSON.stringify(loginOf(request, this.#options.guests, 0)));
    return started.promise;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#beat);
  }
}

const loginOf = (
  { visitor, room, cursor }: StreamRequest,
  guests: Guests,
  attempt: number,
): Request => {
  const { address, nick = guests.nameOf(address, 'reads', attempt), password } = visitor;
  return {
    ...{ type: 'login', nick, rooms: [room] },
    ...(password !== undefined && { password }),
    ...(cursor !== undefined && { cursors: { [room]: cursor.seq } }),
    ...(cursor?.epoch !== undefined && { epoch: cursor.epoch }),
  };
};

type Beginning = { begun(): void; refused(it: Problem): void };

/** What the session asks for is written by us; what it is told goes out in the stream's format. */
const interpreterOf = (
  request: StreamRequest,
  receiver: () => Receiver,
  guests: Guests,
  { begun, refused }: Beginning,
): Interpreter => {
  const { format, room, visitor, begin } = request;
  let attempt = 0;
  let isIn = false;
  const later = (it: Request): void =>
    void setImmediate(() => receiver().frame(JSON.stringify(it)));

  const showBefore = (answer: Answer): readonly string[] => {
    if (answer.type === 'opened') {
      isIn = true;
      begin();
      begun();
      return format.opening(answer, room);
    }
    if (answer.type === 'refused') {
      attempt += 1;
      const isUnlucky = answer.problem.code === 'nick-taken' && visitor.nick === undefined;
      if (isUnlucky && attempt < NAMES) later(loginOf(request, guests, attempt));
      else refused(answer.problem);
    } else if (answer.type === 'closing') {
      refused(problem('unavailable'));
    }
    return [];
  };
  return {
    renderer: format.renderer,
    resumable: false,
    read: (frame) => JSON.parse(frame) as Request,
    show: (answer) => {
      if (!isIn) return showBefore(answer);
      // A stream of one room ends when its reader is put out of it.
      if (answer.type === 'removed' && answer.room === room) later({ type: 'quit' });
      return format.show(answer);
    },
  };
};
