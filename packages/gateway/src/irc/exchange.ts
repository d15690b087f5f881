import type { Client } from './client.ts';
import type { Ask } from './reply.ts';
import { type Line, tagged } from './wire/line.ts';

/**
 * What one line of a client led to, until all of it is answered. With a label (labeled-response) its
 * lines are kept together and told as one; without, each as it comes.
 */
export type Exchange = {
  readonly label?: string;
  readonly lines: Line[];
  /** Requests that are not carried out. */
  open: number;
  /** Its answer is its own message, as everybody in the room is told it. */
  awaitsEcho: boolean;
};

/** An exchange of which nothing is made yet. */
export const newExchange = (label?: string): Exchange => ({
  ...(label !== undefined && { label }),
  ...{ lines: [], open: 0, awaitsEcho: false },
});

/** A request that was made, and what it is part of. */
export type Made = { readonly ask: Ask; readonly exchange: Exchange; readonly followUps: Ask[] };

const BATCH = 'l1';

/** Whether lines are one batch already, which can bear the label itself. */
const isOneBatch = (lines: readonly Line[]): boolean => {
  const [first] = lines;
  const id = first?.command === 'BATCH' ? first.params[0]?.slice(1) : undefined;
  const last = lines.at(-1);
  return (
    id !== undefined &&
    last?.params[0] === `-${id}` &&
    lines.slice(1, -1).every((it) => it.tags?.batch === id)
  );
};

/** The lines of a labelled exchange as one answer. */
export const labelled = (client: Client, { label = '', lines }: Exchange): readonly Line[] => {
  const [only] = lines;
  if (only === undefined) return [{ tags: { label }, command: 'ACK', params: [] }];
  if (lines.length === 1 || !client.has('batch') || isOneBatch(lines))
    return [tagged(only, { label }), ...lines.slice(1)];
  return [
    { tags: { label }, command: 'BATCH', params: [`+${BATCH}`, 'labeled-response'] },
    ...lines.map((line) =>
      line.tags?.batch === undefined ? tagged(line, { batch: BATCH }) : line,
    ),
    { command: 'BATCH', params: [`-${BATCH}`] },
  ];
};
