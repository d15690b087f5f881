import { tcp } from './tcp.ts';
import type { Transport } from './transport.ts';

/** Every transport that a listener can be reached by. A new one is a file here and a line in this table. */
export const transports = { tcp } as const satisfies Record<string, Transport>;

export type TransportName = keyof typeof transports;
