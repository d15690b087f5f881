import type { Reader } from '../../store/port.ts';
import { auditInfo } from '../audit-entry.ts';
import type { Bell } from './bell.ts';
import { HEARTBEAT_MS } from './follow.ts';
import type { AuditLine } from './lines.ts';

const PAGE = 500;
/** Not every deed is heard of as an effect. */
const LOOK_MS = 1_000;

/** The audit log after a deed, and then what is done. */
export async function* followAudit(
  parts: {
    readonly read: Pick<Reader, 'moderation'>;
    readonly bell: Bell;
    readonly now: () => number;
  },
  after: number,
  signal: AbortSignal,
): AsyncGenerator<readonly AuditLine[]> {
  const { read, bell, now } = parts;
  using listener = bell.listen(({ type }) => type !== 'event');
  let cursor = after;
  let told = now();
  yield [{ type: 'begin', after }];
  while (!signal.aborted) {
    const rows = await read.moderation.audit(cursor, PAGE);
    cursor = rows.at(-1)?.n ?? cursor;
    if (rows.length > 0) yield rows.map((it) => ({ type: 'deed', deed: auditInfo(it) }));
    else await listener.next(LOOK_MS, signal);
    if (rows.length > 0) told = now();
    if (now() - told < HEARTBEAT_MS || signal.aborted) continue;
    told = now();
    yield [{ type: 'heartbeat', at: told }];
  }
}
