import type { Answer } from '../answer.ts';
import type { Request } from '../request.ts';
import type { Client } from './client.ts';
import type { Line } from './wire/line.ts';
import type { IrcMessage } from './wire/message.ts';

/** What a command is answered with: lines, then what is asked of the gateway, one after another. */
export type Reply = { readonly lines?: readonly Line[]; readonly asks?: readonly Ask[] };

/** A refusal, and what was refused. */
export type Refused = Extract<Answer, { type: 'refused' }>;

/** Something asked of the gateway. */
export type Ask = {
  readonly request: Request;
  /** What an answer leads to; nothing when left out. */
  readonly told?: (answer: Answer) => Reply;
  /** What a refusal leads to; the usual numeric when left out. */
  readonly refused?: (answer: Refused) => Reply;
  /** What the usual numeric names: the command, and what it was about. */
  readonly about: { readonly command: string; readonly target?: string };
};

/** Carries a command out for a client. */
export type Handler = (client: Client, message: IrcMessage, tools: Tools) => Reply;

/** What handlers can't make by themselves. */
export type Tools = {
  /** An id for something published, that nobody else uses. */
  readonly newId: () => string;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
};

export const lines = (...told: readonly Line[]): Reply => ({ lines: told });
export const asks = (...asked: readonly Ask[]): Reply => ({ asks: asked });
export const nothing: Reply = {};

/** Several replies as one. */
export const together = (replies: readonly Reply[]): Reply => ({
  lines: replies.flatMap((it) => it.lines ?? []),
  asks: replies.flatMap((it) => it.asks ?? []),
});

/** An answer of one type, or undefined when it is another. */
export const expect = <T extends Answer['type']>(
  answer: Answer,
  type: T,
): Extract<Answer, { type: T }> | undefined =>
  answer.type === type ? (answer as Extract<Answer, { type: T }>) : undefined;
