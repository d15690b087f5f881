import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  type Envelope,
  type Event,
  type EventPage,
  type InstanceReport,
  type Outcome,
  problem,
  problemDocument,
  type StreamLine,
  toLine,
} from '@partyline/protocol';

export const TOKEN = 'token-of-a-test';

/** A small chat-core without any rule: it speaks the bus over a Unix socket, and fails when told to. */
export class BusServer implements AsyncDisposable {
  readonly url: string;
  token = TOKEN;
  epoch = 'e1';
  heartbeatMs = 60_000;
  /** Rooms' logs. */
  readonly logs = new Map<string, Event[]>();
  /** Sessions that the next hello's answer says are over. */
  ended: string[] = [];
  /** Every request that came, as `METHOD path`. */
  readonly requests: string[] = [];
  readonly hellos: unknown[] = [];
  readonly reports: InstanceReport[] = [];
  /** The batches that were published, by ids. */
  readonly batches: string[][] = [];
  /** Taken, one for each publish, before it is answered: what happens to it instead. */
  readonly publishFaults: ('break' | 'answer then break' | 'fail' | 'drop outcome' | 'reject')[] =
    [];
  /** What reading a log waits for. */
  held: Promise<void> | undefined;
  readonly #folder: string;
  readonly #known = new Set<string>();
  readonly #stored = new Map<string, Outcome>();
  #stream: ServerResponse | undefined;
  #server = createServer();

  private constructor(folder: string) {
    this.#folder = folder;
    this.url = `unix:${join(folder, 'bus.sock')}`;
  }

  static async start(): Promise<BusServer> {
    const server = new BusServer(await mkdtemp(join(tmpdir(), 'partyline-bus-')));
    await server.listen();
    return server;
  }

  async listen(): Promise<void> {
    this.#server = createServer((request, response) => {
      void this.#serve(request, response);
    });
    await new Promise<void>((resolve) => {
      this.#server.listen(this.url.slice('unix:'.length), resolve);
    });
  }

  /** As by `kill -9`: every connection breaks, nobody listens. */
  async die(): Promise<void> {
    this.#stream = undefined;
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.die();
    await rm(this.#folder, { recursive: true, force: true });
  }

  get isStreaming(): boolean {
    return this.#stream !== undefined;
  }

  /** Connections that are open now. */
  connections(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
    });
  }

  /** Writes to the stream, as it is. */
  write(chunk: string): void {
    this.#stream?.write(chunk);
  }

  send(...lines: StreamLine[]): void {
    this.write(lines.map(toLine).join(''));
  }

  breakStream(): void {
    this.#stream?.destroy();
    this.#stream = undefined;
  }

  /** Forgets every instance, as if all leases had ended. */
  forget(): void {
    this.#known.clear();
  }

  /** Appends an event to a room's log, and sends it unless it is to be missed. */
  append(room: string, text: string, isSent = true): Event {
    const log = this.logs.get(room) ?? [];
    this.logs.set(room, log);
    const event: Event = {
      ...{ room, seq: log.length + 1, at: 1, id: `${log.length}`, kind: 'message' },
      ...{ session: 's', person: 's', nick: 'ada', text },
    };
    log.push(event);
    if (isSent) this.send({ type: 'event', event });
    return event;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '' } = request;
    const { pathname, searchParams } = new URL(url, 'http://bus');
    this.requests.push(`${method} ${pathname}`);
    const body = await text(request).catch(() => undefined);
    if (body === undefined) return;
    const refuse = (it = problem('path-unknown', { path: pathname })): void => {
      const document = problemDocument(it);
      response.writeHead(document.status, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify(document));
    };
    if (request.headers.authorization !== `Bearer ${this.token}`)
      return refuse(problem('token-wrong'));
    const [, , , kind, name = '', what] = pathname.split('/').map(decodeURIComponent);
    const instance = kind === 'instances' ? name : (searchParams.get('instance') ?? '');
    switch (`${method} ${kind} ${what ?? ''}`) {
      case 'PUT instances ':
        this.#known.add(instance);
        this.hellos.push(JSON.parse(body));
        response.end(
          JSON.stringify({
            ...{ epoch: this.epoch, leaseMs: 1_000, heartbeatMs: this.heartbeatMs },
            ended: this.ended,
          }),
        );
        return;
      case 'PUT instances report':
        this.reports.push(JSON.parse(body));
        response.writeHead(204).end();
        return;
      case 'DELETE instances ':
        this.#known.delete(instance);
        response.writeHead(204).end();
        return;
      case 'GET instances ':
        response.end(
          JSON.stringify({ instances: [...this.#known].map((it) => ({ instance: it })) }),
        );
        return;
      case 'GET subscribe ': {
        if (!this.#known.has(instance)) return refuse(problem('instance-unknown', { instance }));
        this.#stream = response;
        // One room a welcome, as chat-core does with many hundreds.
        const welcome = { type: 'welcome', instance, epoch: this.epoch, online: 1 } as const;
        for (const [room, log] of this.logs)
          this.send({ ...welcome, heads: { [room]: log.length }, more: true });
        this.send({ ...welcome, heads: {} });
        return;
      }
      case 'POST publish ':
        return this.#publish(instance, body, response, refuse);
      case 'GET rooms events':
        await this.held;
        response.end(JSON.stringify(this.#page(name, searchParams)));
        return;
      case 'POST accounts ':
        return refuse(problem('password-wrong'));
      default:
        return refuse();
    }
  }

  #publish(
    instance: string,
    body: string,
    response: ServerResponse,
    refuse: (it: ReturnType<typeof problem>) => void,
  ): void {
    const envelopes = body
      .trimEnd()
      .split('\n')
      .map((line): Envelope => JSON.parse(line));
    this.batches.push(envelopes.map((it) => it.id));
    const fault = this.publishFaults.shift();
    if (fault === 'break') response.destroy();
    if (fault === 'fail') refuse(problem('unavailable'));
    if (fault === 'reject') refuse(problem('request-bad', { reason: 'no' }));
    if (fault === 'break' || fault === 'fail' || fault === 'reject') return;
    const outcomes = envelopes.map((it): Outcome => {
      if (!this.#known.has(instance))
        return { id: it.id, type: 'refused', problem: problem('instance-unknown', { instance }) };
      const outcome: Outcome = this.#stored.get(it.id) ?? {
        ...{ id: it.id, type: 'published', room: 'lobby', seq: this.#stored.size + 1, at: 1 },
      };
      this.#stored.set(it.id, outcome);
      return outcome;
    });
    if (fault === 'drop outcome') outcomes.pop();
    if (fault === 'answer then break') response.destroy();
    else response.end(outcomes.map(toLine).join(''));
  }

  #page(room: string, query: URLSearchParams): EventPage {
    const log = this.logs.get(room) ?? [];
    const after = Number(query.get('after') ?? 0);
    const limit = Number(query.get('limit'));
    return {
      ...{ epoch: this.epoch, room, first: log.length === 0 ? 0 : 1, head: log.length },
      events: log.filter((it) => it.seq > after).slice(0, Math.min(limit, 3)),
    };
  }
}
