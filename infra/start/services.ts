import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartError } from './start-error.ts';
import { buildWeb } from './web-build.ts';

/** One service of a system: which program, and what must be ready before it starts. */
export type Service = {
  readonly name: string;
  /** The program, as an absolute path. */
  readonly entry: string;
  /** What Node itself is told, as in `infra/Dockerfile`. */
  readonly node?: readonly string[];
  /** Services that are started, and ready, before this one, and stopped after it. */
  readonly needs: readonly string[];
  /** Made before the first start. */
  readonly prepare?: (signal: AbortSignal) => Promise<void>;
};

const entry = (name: string) =>
  join(fileURLToPath(new URL('../../services/', import.meta.url)), name, 'src', 'main.ts');

/** Everything that `npm start` runs. */
export const services: readonly Service[] = [
  { name: 'chat-core', entry: entry('chat-core'), needs: [] },
  { name: 'tcp-gateway', entry: entry('tcp-gateway'), needs: ['chat-core'] },
  { name: 'ws-gateway', entry: entry('ws-gateway'), needs: ['chat-core'] },
  { name: 'udp-discovery', entry: entry('udp-discovery'), needs: ['chat-core'] },
  { name: 'dns-probe', entry: entry('dns-probe'), needs: ['chat-core'] },
  {
    name: 'http-static',
    entry: entry('http-static'),
    // Files pass through it: with little room for young objects, what has passed is freed at once.
    node: ['--max-semi-space-size=1'],
    needs: ['chat-core'],
    prepare: buildWeb,
  },
];

/** The services of these names, in the table's order; all of them when none is named. */
export const chooseServices = (
  table: readonly Service[],
  names: readonly string[],
): readonly Service[] => {
  const unknown = names.filter((name) => !table.some((service) => service.name === name));
  if (unknown.length > 0)
    throw new StartError(
      `There is no service ${unknown.join(', ')}. Services are: ${table.map((it) => it.name).join(', ')}.`,
    );
  return names.length === 0 ? table : table.filter((service) => names.includes(service.name));
};
