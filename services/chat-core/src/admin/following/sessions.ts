import type { Effect } from '../../line/effect.ts';
import type { Reader } from '../../store/port.ts';
import { type Session, sessionInfo } from '../session.ts';
import type { Bell } from './bell.ts';
import { HEARTBEAT_MS } from './follow.ts';
import type { SessionLine } from './lines.ts';

const PAGE = 1_000;
/** Lines written at once. */
const LINES = 500;
/** Sessions are read again at most so often, and for at most a tenth of the time. */
const PAUSE_MS = 250;
const PAUSES = 9;

/** All sessions by id, each as its JSON text, so that two looks are soon compared. */
type Snapshot = ReadonlyMap<string, string>;

/** Gives all sessions as they are from now on; those who ask meanwhile get the same. */
export type Snapshots = () => Promise<Snapshot>;

export const createSnapshots = (parts: {
  readonly read: Pick<Reader, 'sessions'>;
  /** Milliseconds, of any clock that doesn't go back. */
  readonly elapsed: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
}): Snapshots => {
  const { read, elapsed, sleep } = parts;
  let next: Promise<Snapshot> | undefined;
  let earliest = 0;

  const readAll = async (): Promise<Snapshot> => {
    const begun = elapsed();
    const found = new Map<string, string>();
    for (let after: string | undefined = ''; after !== undefined; ) {
      const page = await read.sessions(after, PAGE);
      for (const it of page) found.set(it.session, JSON.stringify(sessionInfo(it)));
      after = page.length === PAGE ? page.at(-1)?.session : undefined;
    }
    earliest = elapsed() + Math.max(PAUSE_MS, PAUSES * (elapsed() - begun));
    return found;
  };
  let last: Promise<unknown> = Promise.resolve();
  const begin = async (): Promise<Snapshot> => {
    await last;
    await sleep(Math.max(0, earliest - elapsed()));
    next = undefined;
    const reading = readAll();
    last = reading.catch(() => {});
    return reading;
  };
  return () => {
    next ??= begin();
    return next;
  };
};

/** Whether something may have become of a session. */
const concernsSessions = ({ type }: Effect): boolean =>
  type !== 'event' && type !== 'signal' && type !== 'hook';

const lineOf = (text: string): SessionLine => ({
  ...{ type: 'session', session: JSON.parse(text) as Session },
});

/** What became of sessions between two looks. */
const changesOf = (before: Snapshot, after: Snapshot): SessionLine[] => [
  ...[...before.keys()]
    .filter((id) => !after.has(id))
    .map((session): SessionLine => ({ type: 'gone', session })),
  ...[...after].filter(([id, text]) => before.get(id) !== text).map(([, text]) => lineOf(text)),
];

/**
 * Every session that there is, and then what becomes of them: how each is at last, not each step on
 * the way. A slow reader is told what is so once it reads again.
 */
export async function* followSessions(
  parts: { readonly snapshot: Snapshots; readonly bell: Bell; readonly now: () => number },
  signal: AbortSignal,
): AsyncGenerator<readonly SessionLine[]> {
  const { snapshot, bell, now } = parts;
  using listener = bell.listen(concernsSessions);
  let known = await snapshot();
  yield [{ type: 'begin', sessions: known.size }];
  let lines = [...known.values()].map(lineOf);
  while (!signal.aborted) {
    for (let at = 0; at < lines.length && !signal.aborted; at += LINES)
      yield lines.slice(at, at + LINES);
    const isRung = await listener.next(HEARTBEAT_MS, signal);
    if (signal.aborted) return;
    // Also without having heard anything: what another chat-core told may have been lost.
    const found = await snapshot();
    lines = changesOf(known, found);
    known = found;
    if (!isRung) lines.push({ type: 'heartbeat', at: now() });
  }
}
