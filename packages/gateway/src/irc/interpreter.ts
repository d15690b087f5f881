import { type Event, type Problem, problem, type Signal } from '@partyline/protocol';
import type { Answer } from '../answer.ts';
import type { Interpreter, Personal, Sequel } from '../dialect.ts';
import type { Request } from '../request.ts';
import type { Client } from './client.ts';
import { lookAgain, monitoredLines } from './commands/monitor.ts';
import { commands } from './commands/table.ts';
import { type Exchange, labelled, type Made, newExchange } from './exchange.ts';
import { Heard } from './heard.ts';
import { refusalLine } from './refusals.ts';
import type { IrcRenderer } from './renderers.ts';
import { type Ask, lines, type Reply, type Tools } from './reply.ts';
import { unasked } from './unasked.ts';
import { type Line, lineText, SERVER } from './wire/line.ts';
import { escapeTag, type IrcMessage, parseMessage } from './wire/message.ts';

/** A client that was silent for so long is asked whether it is there. */
const PROBE_MS = 120_000;
/** A label (labeled-response: "at most 64 bytes"). */
const LABEL_BYTES = 64;

/** Events of the client's own that it is told only if it wants to hear itself. */
const isTalk = ({ kind }: Event): boolean => kind !== 'topic';

/** One client of the IRC dialect: lines in, requests out; answers and events in, lines out. */
export class IrcInterpreter implements Interpreter {
  readonly resumable = false;
  readonly probe = {
    ...{
      afterMs: PROBE_MS,
      frames: [lineText({ source: '', command: 'PING', params: [SERVER] }, new Set())],
    },
  };
  readonly personal: Personal;
  readonly #client: Client;
  readonly #tools: Tools;
  readonly #rendererFor: (caps: Client['caps']) => IrcRenderer;
  readonly #made = new WeakMap<Request, Made>();
  /** Labels of messages that will come back as what everybody is told, by their ids. */
  readonly #echoes = new Map<string, string>();
  readonly #heard = new Heard();
  #renderer: IrcRenderer;
  #rendered: Client['caps'];

  constructor(client: Client, tools: Tools, rendererFor: (caps: Client['caps']) => IrcRenderer) {
    this.#client = client;
    this.#tools = tools;
    this.#rendererFor = rendererFor;
    this.#rendered = client.caps;
    this.#renderer = rendererFor(client.caps);
    this.personal = {
      own: (event, frames) => this.#own(event, frames),
      signal: (signal) => this.#signal(signal),
    };
  }

  get renderer(): IrcRenderer {
    if (this.#rendered !== this.#client.caps) {
      this.#rendered = this.#client.caps;
      this.#renderer = this.#rendererFor(this.#rendered);
    }
    return this.#renderer;
  }

  read(frame: string): readonly Request[] | Problem | undefined {
    const message = parseMessage(frame);
    if (message === undefined) return undefined;
    if (message === 'too-long') return problem('frame-too-long', { limit: 512 });
    const label = this.#labelOf(message);
    const exchange = newExchange(label);
    const { lines: told = [], asks: asked = [] } = this.#carryOut(message);
    const aside: Ask = {
      request: { type: 'aside' },
      about: { command: message.command },
      told: () => ({ lines: told }),
    };
    const isSilent = told.length === 0 && (asked.length > 0 || label === undefined);
    const all = isSilent ? asked : [aside, ...asked];
    this.#awaitEcho(exchange, all);
    return all.map((ask) => this.#make(ask, exchange));
  }

  show(answer: Answer, _you: unknown, asked?: Request): readonly string[] {
    const made = asked === undefined ? undefined : this.#made.get(asked);
    if (made === undefined) return this.#texts(unasked(this.#client, answer));
    const { ask, exchange, followUps } = made;
    const reply = answer.type === 'refused' ? this.#refused(ask, answer) : ask.told?.(answer);
    followUps.push(...(reply?.asks ?? []));
    const told = reply?.lines ?? [];
    if (answer.type === 'refused') this.#forgetEcho(exchange, ask);
    if (exchange.label === undefined) return this.#texts(told);
    exchange.lines.push(...told);
    return [];
  }

  monitored(came: readonly string[], went: readonly string[]): readonly string[] {
    return this.#texts(monitoredLines(this.#client, came, went));
  }

  remonitor(): readonly Request[] {
    return lookAgain(this.#client).map((ask) => this.#make(ask, newExchange()));
  }

  done(asked: Request): Sequel {
    const made = this.#made.get(asked);
    if (made === undefined) return { frames: [], requests: [] };
    const { exchange, followUps } = made;
    const requests = followUps.map((ask) => this.#make(ask, exchange));
    exchange.open -= 1;
    const isOver = exchange.open === 0 && exchange.label !== undefined && !exchange.awaitsEcho;
    return { frames: isOver ? this.#texts(labelled(this.#client, exchange)) : [], requests };
  }

  #texts(told: readonly Line[]): readonly string[] {
    return told.map((line) => lineText(line, this.#client.caps));
  }

  #labelOf({ tags }: IrcMessage): string | undefined {
    const label = tags.get('label') ?? '';
    const isFit = label !== '' && Buffer.byteLength(label) <= LABEL_BYTES;
    return isFit && this.#client.has('labeled-response') ? label : undefined;
  }

  #carryOut(message: IrcMessage): Reply {
    const client = this.#client;
    const { command, params } = message;
    const entry = Object.hasOwn(commands, command) ? commands[command] : undefined;
    if (client.stage.at !== 'in' && entry?.atDoor !== true)
      return lines(client.numeric('ERR_NOTREGISTERED'));
    if (entry === undefined)
      return lines(client.numeric('ERR_UNKNOWNCOMMAND', [command.slice(0, 32)]));
    if (params.length < entry.params) return lines(client.numeric('ERR_NEEDMOREPARAMS', [command]));
    return entry.handle(client, message, this.#tools);
  }

  #make(ask: Ask, exchange: Exchange): Request {
    // Each its own object: it is by it that an answer finds back.
    const request = { ...ask.request };
    exchange.open += 1;
    this.#made.set(request, { ask, exchange, followUps: [] });
    return request;
  }

  #refused(ask: Ask, answer: Extract<Answer, { type: 'refused' }>): Reply {
    return ask.refused?.(answer) ?? lines(refusalLine(this.#client, answer.problem, ask.about));
  }

  // What the client said itself, and is told as everybody is.

  #awaitEcho(exchange: Exchange, all: readonly Ask[]): void {
    const [only] = all;
    if (exchange.label === undefined || all.length !== 1 || only === undefined) return;
    const { request } = only;
    const isEchoed =
      request.type === 'say' || request.type === 'private' || request.type === 'react';
    if (!isEchoed || request.id === undefined || !this.#client.has('echo-message')) return;
    this.#echoes.set(request.id, exchange.label);
    exchange.awaitsEcho = true;
  }

  #forgetEcho(exchange: Exchange, { request }: Ask): void {
    if (!exchange.awaitsEcho || !('id' in request) || request.id === undefined) return;
    this.#echoes.delete(request.id);
    exchange.awaitsEcho = false;
  }

  #own(event: Event, frames: readonly string[]): readonly string[] {
    if (!isTalk(event)) return frames;
    if (!this.#client.has('echo-message')) return [];
    const label = this.#echoes.get(event.id);
    const [first, ...rest] = frames;
    if (label === undefined || first === undefined) return frames;
    this.#echoes.delete(event.id);
    const tag = `label=${escapeTag(label)}`;
    return [first.startsWith('@') ? `@${tag};${first.slice(1)}` : `@${tag} ${first}`, ...rest];
  }

  // Who came and went.

  #signal(signal: Signal): readonly string[] {
    if (signal.type === 'presence') this.#client.online = signal.online;
    return this.renderer
      .changes(signal)
      .filter(({ change }) => change === undefined || this.#heard.isNews(change))
      .flatMap((it) => it.frames);
  }
}
