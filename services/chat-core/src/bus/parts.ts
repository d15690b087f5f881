import type { Log } from '@partyline/service';
import type { FanOut } from '../line/fan-out.ts';
import type { Line } from '../line/line.ts';
import type { BotRation } from '../people/bot-ration.ts';
import type { Recognize } from '../people/credentials.ts';
import type { Passwords } from '../people/password.ts';
import type { Prove } from '../people/proof.ts';
import type { Board } from '../status/board.ts';
import type { Reader } from '../store/port.ts';
import type { Streams } from './streams.ts';

/** What the routes of the bus work with. */
export type BusParts = {
  readonly line: Line;
  readonly read: Reader;
  readonly streams: Streams;
  readonly fanOut: FanOut;
  readonly passwords: Passwords;
  readonly prove: Prove;
  readonly recognize: Recognize;
  readonly ration: BotRation;
  readonly board: Board;
  readonly epoch: string;
  readonly leaseMs: number;
  readonly log: Log;
};

/** A heartbeat is told to come at least this often. */
export const HEARTBEAT_MS = 5_000;
