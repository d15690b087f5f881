import { Type } from 'typebox';
import { limits } from './limits.ts';
import { ProbeChange, ProbeReport } from './probe.ts';
import { type Problem, problem } from './problem.ts';
import { SharedFile } from './shared-file.ts';
import type { Described } from './static.ts';
import type { ProbeState } from './watch.ts';

/**
 * What a service says, for programs and for who can draw it, beside the text that says the same to
 * everybody. By `limits.cardBytes` as JSON. Readers pass over types that they don't know.
 */
export const Card = Type.Union([
  /** The answer to `/dns`. */
  Type.Object({ type: Type.Literal('dns'), report: ProbeReport }),
  /** A watched name says something else. */
  Type.Object({ type: Type.Literal('dns-change'), change: ProbeChange }),
  /** A file was shared; the text's last line tells its name, size and address. */
  Type.Object({ type: Type.Literal('file'), file: SharedFile }),
]);
export type Card = Described<typeof Card>;

const encoder = new TextEncoder();

/** What a card takes up. */
export const cardBytes = (card: Card | ProbeState): number =>
  encoder.encode(JSON.stringify(card)).length;

/** What is wrong with a card, or what one is made of; undefined when it may be kept. */
export const cardProblem = (card: Card | ProbeState | undefined): Problem | undefined =>
  card === undefined || cardBytes(card) <= limits.cardBytes
    ? undefined
    : problem('card-too-long', { limit: limits.cardBytes });
