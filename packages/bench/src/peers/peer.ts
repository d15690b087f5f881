import type { Target } from '../load/connection.ts';
import type { WireName } from '../load/wires.ts';

/** A server that passes on to all in a room what one of them says. */
export type Peer = {
  readonly name: string;
  readonly wire: WireName;
  /** Why it can't be measured here, if so. */
  readonly missing?: () => string | undefined;
  /** Starts it afresh; resolved when it takes connections. */
  readonly start: () => Promise<RunningPeer>;
};

export interface RunningPeer extends AsyncDisposable {
  readonly target: Target;
  /** All its processes; the last is the one that holds the connections. */
  readonly processes: readonly { readonly name: string; readonly pid: number }[];
}
