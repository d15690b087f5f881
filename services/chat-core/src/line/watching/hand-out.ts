import type { Reader } from '../../store/port.ts';
import type { Line } from '../line.ts';

/** The service that looks names up. */
const KIND = 'dns-probe';
/** Names that are handed out at once. */
const LOOKS = 50;
/** By how much of its interval a look comes early or late, so that not all come at once. */
const JITTER = 0.1;

/** Hands the watched names that are due to the instances that look names up, in turn. */
export const handOutWatches = async (options: {
  readonly line: Line;
  readonly read: Pick<Reader, 'watches' | 'instanceRows'>;
  /** Instances with a stream. */
  readonly attached: ReadonlySet<string>;
  readonly now: () => number;
  /** From 0 to below 1. */
  readonly random: () => number;
}): Promise<void> => {
  const { line, read, attached, now, random } = options;
  const due = await read.watches.due(now(), LOOKS);
  if (due.length === 0) return;
  const probes = (await read.instanceRows()).filter(
    (it) => it.kind === KIND && it.bot === null && attached.has(it.instance),
  );
  const from = Math.floor(random() * probes.length);
  const looks = due.flatMap(({ room, name, types, everyMs }, index) => {
    const instance = probes[(from + index) % probes.length]?.instance;
    const waitMs = Math.round(everyMs * (1 + JITTER * (2 * random() - 1)));
    const watch = { room, name, types };
    return instance === undefined ? [] : { watch, instance, dueAt: now() + waitMs };
  });
  if (looks.length > 0) await line.run({ type: 'look', looks });
};
