import type { IncomingMessage } from 'node:http';
import type { BlockList, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Problem, problem } from '@partyline/protocol';
import { Admission, type AdmissionRules, type Arrival, type Verdict } from '@partyline/service';
import { forwardedFor, isListed } from './forwarded.ts';

/** Who asks for something. */
export type Caller = {
  /** Where the client is, as far as that is known. */
  readonly address?: string;
  /** Whether TLS is spoken with it. */
  readonly isSecure: boolean;
};

/** Somebody who is connected. */
export type Guest = {
  readonly caller: Caller;
  /** Why it gets nothing but to hear so. */
  readonly reason?: Problem;
};

const reasons = { full: problem('line-full'), crowded: problem('address-crowded') } as const;

const reasonOf = (verdict: Verdict): Problem | undefined =>
  verdict === 'full' || verdict === 'crowded' ? reasons[verdict] : undefined;

const stranger: Guest = { caller: { isSecure: false } };

/** Everybody who is connected: where each is, and whether there is a place for it. */
export class Arrivals {
  readonly #places: Admission;
  /** Places of those for whom trusted proxies speak, who share the connections of these. */
  readonly #forwarded: Admission;
  /** Proxies whose X-Forwarded-For is believed. */
  readonly #trusted: BlockList;
  readonly #sockets = new Set<Socket>();
  readonly #guests = new WeakMap<Duplex, Guest>();

  constructor(rules: AdmissionRules, trusted: BlockList) {
    this.#places = new Admission(rules);
    this.#forwarded = new Admission(rules);
    this.#trusted = trusted;
  }

  /** Somebody came, and has a place until its socket is closed; undefined when it is to be cut without a word. */
  enter({ socket, address }: Arrival, isSecure: boolean): Guest | undefined {
    const isProxy = isListed(address, this.#trusted);
    const place = this.#places.enter(isProxy ? undefined : address);
    if (place.verdict === 'dropped') return undefined;
    this.#sockets.add(socket);
    socket.on('close', () => {
      this.#places.leave(place);
      this.#sockets.delete(socket);
    });
    const reason = reasonOf(place.verdict);
    const caller = { isSecure, ...(address !== undefined && { address }) };
    return { caller, ...(reason !== undefined && { reason }) };
  }

  /** It is this socket by which a guest asks from now on. */
  introduce(socket: Socket, guest: Guest): void {
    this.#guests.set(socket, guest);
  }

  /** Who asks. */
  callerOf({ socket, headers }: IncomingMessage): Caller {
    const { caller } = this.#guests.get(socket) ?? stranger;
    const { address } = caller;
    if (address === undefined || !isListed(address, this.#trusted)) return caller;
    const header = [headers['x-forwarded-for']].flat().join(',');
    return { ...caller, address: forwardedFor(address, header, this.#trusted) };
  }

  /** Why whoever asks gets nothing. */
  refusal({ socket }: IncomingMessage): Problem | undefined {
    return this.#guests.get(socket)?.reason;
  }

  /**
   * Somebody wants to have a connection of its own for long; why it can't be, if so. One for whom
   * a trusted proxy speaks takes its place only now.
   */
  claim(request: IncomingMessage): Problem | undefined {
    const { socket } = request;
    const { caller, reason } = this.#guests.get(socket) ?? stranger;
    const { address } = this.callerOf(request);
    if (reason !== undefined || address === caller.address) return reason;
    const place = this.#forwarded.enter(address);
    socket.on('close', () => this.#forwarded.leave(place));
    return place.verdict === 'dropped' ? reasons.crowded : reasonOf(place.verdict);
  }

  /** Cuts everybody who is still there. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
