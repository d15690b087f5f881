import { tcp, tls } from './tcp.ts';
import type { Transport } from './transport.ts';
import { unix } from './unix.ts';

/** Every transport that a listener can be reached by. A new one is a file here and a line in this table. */
export const transports = { tcp, tls, unix } as const satisfies Record<string, Transport>;

export type TransportName = keyof typeof transports;
