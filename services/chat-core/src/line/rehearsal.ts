import type {
  Command,
  Envelope,
  Outcome,
  ReceiptOf,
  Registration,
  StreamLine,
} from '@partyline/protocol';
import { createMemoryStore } from '../store/memory/store.ts';
import type { Store } from '../store/port.ts';
import { OPERATOR } from './draft.ts';
import type { Effect } from './effect.ts';
import { createLine, type LineWatch } from './line.ts';
import type { Rules } from './rules.ts';

export const rules: Rules = {
  leaseMs: 15_000,
  graceMs: 10_000,
  resumeMs: 3_600_000,
  watchMs: 30_000,
  roomCreation: 'everyone',
  ticketKey: 'the-ticket-key-of-a-rehearsal',
};

/** A session's id in tests: as long as a real one. */
export const sessionId = (name: string): string => name.padEnd(16, '-');

export const tokenOf = (name: string): string => `${sessionId(name)}.${'s'.repeat(32)}`;

/** A line over a store in memory whose clock stands still, for tests of what it decides. */
export const rehearse = (
  options: { store?: Store; watch?: LineWatch; rules?: Partial<Rules> } = {},
) => {
  const memory = createMemoryStore();
  const clock = { now: 1_000_000 };
  const effects: Effect[] = [];
  const attached = new Set<string>();
  const line = createLine({
    ...{
      store: options.store ?? memory,
      rules: { ...rules, ...options.rules },
      attached,
      now: () => clock.now,
    },
    deliver: (them) => effects.push(...them),
    watch: options.watch ?? { committed: () => {}, failed: () => {} },
  });
  let ids = 0;

  const envelope = (name: string, command: Command, id = `id${ids++}`): Envelope => ({
    ...{ id, session: sessionId(name), command },
  });

  /** An instance comes, and has a stream from then on. */
  const hello = (instance: string, its: Partial<Parameters<typeof helloOf>[0]> = {}) => {
    attached.add(instance);
    return line.run({ type: 'hello', instance, hello: helloOf(its) });
  };

  /** What a session's command is answered with. */
  const ask = async (
    name: string,
    command: Command,
    { by = 'i1', id = `id${ids++}` } = {},
  ): Promise<Outcome> => {
    const [outcome] = await line.publish(by, [envelope(name, command, id)]);
    if (outcome === undefined) throw new Error('not answered');
    return outcome;
  };

  const open = (
    name: string,
    its: { nick?: string; rooms?: string[]; by?: string; address?: string } = {},
  ) => {
    const { nick = name, by = 'i1', ...rest } = its;
    const command = { type: 'open', nick, token: tokenOf(name), wire: 'text+tcp' } as const;
    return ask(name, { ...command, ...rest }, { by });
  };

  const register = (name: string) =>
    line.run({
      ...{ type: 'register', session: sessionId(name), account: `a-${name}`, password: 'x' },
    });

  /** Comes in as the account that a session of that name registered. */
  const login = (
    name: string,
    owner: string,
    by = 'i1',
    how: { rooms?: readonly string[]; quiet?: boolean } = {},
  ) =>
    line.run({
      ...how,
      ...{ type: 'login', session: sessionId(name), token: tokenOf(name), account: `a-${owner}` },
      evidence: { password: 'x' },
      ...{ instance: by, wire: 'json+tcp', address: null },
    });

  /** Becomes that account. */
  const identify = (name: string, owner: string) =>
    line.run({
      ...{ type: 'identify', session: sessionId(name), account: `a-${owner}` },
      evidence: { password: 'x' },
    });

  const resume = (name: string, by = 'i1') =>
    ask(name, { type: 'resume', token: tokenOf(name), wire: 'json+tcp' }, { by });

  const say = (
    name: string,
    text: string,
    its: { room?: string; id?: string; by?: string } = {},
  ) => {
    const { room = 'lobby', ...how } = its;
    return ask(name, { type: 'say', room, text }, how);
  };

  /** Has the operator do something. */
  const operate = (command: Command): Promise<Outcome> => ask(OPERATOR, command, { by: OPERATOR });

  /** What was told since it was asked last. */
  const told = (): readonly Effect[] => effects.splice(0);
  const linesTo = (instance: string, them: readonly Effect[] = told()): StreamLine[] =>
    them.flatMap((it) => (it.type === 'line' && it.instance === instance ? it.line : []));
  const changesIn = (room: string, them: readonly Effect[] = told()) =>
    them.flatMap((it) => (it.type === 'presence' && it.room === room ? it.change : []));

  return {
    ...{ line, clock, attached, tables: memory.tables, read: memory.read, envelope },
    ...{
      operate,
      hello,
      ask,
      open,
      register,
      login,
      identify,
      resume,
      say,
      told,
      linesTo,
      changesIn,
    },
  };
};

const helloOf = (its: {
  commands?: readonly Registration[];
  sessions?: readonly string[];
  rooms?: readonly string[];
  monitors?: readonly string[];
}) => {
  const { commands = [], sessions = [], rooms = [], monitors = [] } = its;
  return {
    ...{ kind: 'tcp-gateway', endpoints: [], commands: [...commands] },
    ...{ sessions: sessions.map(sessionId), rooms: [...rooms] },
    monitors: [...monitors],
  };
};

/** The receipt that an outcome is, which the test expects it to be. */
export const receipt = <T extends ReceiptOf<'opened'>['type'] | 'published' | 'joined'>(
  outcome: Outcome,
  type: T,
): ReceiptOf<T> => {
  if (outcome.type !== type) throw new Error(`${type} expected: ${JSON.stringify(outcome)}`);
  return outcome as ReceiptOf<T>;
};

/** The code of the problem that an outcome is, or the type of its receipt. */
export const codeOf = (outcome: Outcome): string =>
  outcome.type === 'refused' ? outcome.problem.code : outcome.type;
