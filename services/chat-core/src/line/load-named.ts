import { FORGOTTEN_MS } from '../people/lockout.ts';
import type { HookRow } from '../store/hooks/rows.ts';
import type { Transaction } from '../store/port.ts';
import type {
  AccountRow,
  CertificateRow,
  InstanceRow,
  LockoutRow,
  MemberRow,
  RoomRow,
  SessionRow,
} from '../store/rows.ts';
import type { TokenRow } from '../store/tokens/rows.ts';
import type { WatchRow } from '../store/watches/rows.ts';
import { loadNames } from './load-people.ts';
import { loadSubject, type Subject, type Timing } from './load-subject.ts';
import type { Loaded } from './loaded.ts';
import { loadInRange } from './moderation/load.ts';
import type { FoundModeration } from './moderation/moderation.ts';
import type { Needs } from './needs.ts';
import { type Found, found } from './rows.ts';
import type { Task, Work } from './work.ts';

/** How many forgotten mistakes one transaction forgets at most. */
const SWEPT_LOCKOUTS = 500;

/** What the works of a batch name. */
export type Named = {
  readonly instances: Found<InstanceRow>;
  readonly subject: Subject;
  readonly inRange: FoundModeration['inRange'];
  readonly sessions: readonly SessionRow[];
  readonly accounts: readonly AccountRow[];
  /** Whose the nicks are, where nothing but what the works name decides it. */
  readonly names: Pick<Loaded, 'names' | 'accountsByName'> | undefined;
  /** Where `placed` are. */
  readonly members: readonly MemberRow[];
  readonly placed: ReadonlySet<string>;
  readonly rooms: readonly RoomRow[];
  readonly lockouts: readonly LockoutRow[];
  readonly certificates: readonly CertificateRow[];
  readonly hooks: readonly HookRow[];
  readonly tokens: readonly TokenRow[];
  readonly watches: readonly WatchRow[];
};

/** The sessions that are named, by their addresses too; whose accounts a registration concerns. */
const loadSessions = async (tx: Transaction, works: readonly Work[], needs: Needs) => {
  const inRange = await loadInRange(tx, works[0]);
  for (const id of inRange?.sessions ?? []) needs.sessions.add(id);
  const sessions = await tx.sessions(needs.sessions);
  if (works[0]?.type === 'register')
    for (const { account } of sessions) if (account !== null) needs.accounts.add(account);
  return { inRange, sessions };
};

const loadLockouts = async (
  tx: Transaction,
  needs: Needs,
  task: Task | undefined,
  { now }: Timing,
): Promise<readonly LockoutRow[]> =>
  task?.type === 'sweep'
    ? tx.lockoutsBefore((await now()) - FORGOTTEN_MS, SWEPT_LOCKOUTS)
    : tx.lockouts(needs.lockouts);

/** Reads what works name: none of these queries waits for another's answer, but for those of rare tasks. */
export const loadNamed = async (
  tx: Transaction,
  works: readonly Work[],
  needs: Needs,
  timing: Timing,
): Promise<Named> => {
  // A task is alone in its batch.
  const task = works[0]?.type === 'publish' ? undefined : works[0];
  const loadInstances = async (): Promise<Found<InstanceRow>> =>
    found(
      needs.instances,
      needs.everyInstance ? await tx.allInstances() : await tx.instances(needs.instances),
      (it) => it.instance,
    );
  // A hello names many that it doesn't disturb.
  const placed = new Set(task === undefined ? needs.sessions : []);
  const loadingInstances = loadInstances();
  const loadingSessions = loadSessions(tx, works, needs);
  const [instances, subject, { inRange, sessions }, accounts, ...more] = await Promise.all([
    loadingInstances,
    loadSubject(tx, task, loadingInstances, timing),
    loadingSessions,
    task?.type === 'register'
      ? loadingSessions.then(() => tx.accounts(needs.accounts))
      : tx.accounts(needs.accounts),
    needs.people ? undefined : loadNames(tx, needs.names),
    tx.members(placed),
    tx.rooms(needs.rooms),
    loadLockouts(tx, needs, task, timing),
    tx.certificates(needs.certificates),
    tx.hooks(needs.hooks),
    tx.tokens(needs.tokens),
    needs.everyWatch ? tx.allWatches() : tx.watches(needs.watches),
  ]);
  const [names, members, rooms, lockouts, certificates, hooks, tokens, watches] = more;
  return {
    ...{ instances, subject, inRange, sessions, accounts, names, members, placed, rooms },
    ...{ lockouts, certificates, hooks, tokens, watches },
  };
};
