import { fc, test } from '@fast-check/vitest';
import type { Command } from '@partyline/protocol';
import { expect } from 'vitest';
import { rules } from './rehearsal.ts';
import { commandOf, instances } from './test/arbitrary-steps.ts';
import { type Client, Gateways, sessionOf } from './test/gateways.ts';

// Clients come, go, resume elsewhere, are put out and let in again; gateways lose their streams, and
// chat-core is restarted; rooms forget. Whatever happens, each is shown what it is owed, once.

const names = ['ann', 'bob', 'eve'];

type Step =
  | { readonly type: 'come'; readonly who: number; readonly instance: string }
  | { readonly type: 'vanish'; readonly who: number }
  | {
      readonly type: 'ask';
      readonly who: number;
      readonly command: Command;
      readonly late: boolean;
    }
  | { readonly type: 'attach' | 'lose'; readonly instance: string }
  | { readonly type: 'restart' }
  | { readonly type: 'time'; readonly ms: number };

const who = fc.integer({ min: 0, max: names.length - 1 });
const instance = fc.constantFrom(...instances);
/** What gateways do themselves, or no client asks for. */
const own: ReadonlySet<Command['type']> = new Set(['open', 'resume', 'detach', 'kick']);

const room = fc.constantFrom('lobby', 'ops');
const nick = fc.constantFrom(...names);
/** What matters here happens often; all else now and then. */
const command = (name: string): fc.Arbitrary<Command> =>
  fc.oneof(
    { weight: 6, arbitrary: commandOf(name).filter((it) => !own.has(it.type)) },
    { weight: 6, arbitrary: room.map((it): Command => ({ type: 'say', room: it, text: 'hi' })) },
    { weight: 2, arbitrary: nick.map((to): Command => ({ type: 'private', to, text: 'psst' })) },
    { weight: 3, arbitrary: fc.constant<Command>({ type: 'join', room: 'ops' }) },
    {
      weight: 2,
      arbitrary: nick.map((it): Command => ({ type: 'remove', room: 'ops', nick: it })),
    },
    {
      weight: 1,
      arbitrary: room.map((it): Command => ({ type: 'configure', room: it, keepCount: 2 })),
    },
  );

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('come' as const), who, instance }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('vanish' as const), who }) },
  {
    weight: 16,
    arbitrary: who.chain((it) =>
      fc.record({
        type: fc.constant('ask' as const),
        who: fc.constant(it),
        command: command(names[it] ?? ''),
        late: fc.boolean(),
      }),
    ),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('lose' as const), instance }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('attach' as const), instance }) },
  { weight: 1, arbitrary: fc.constant({ type: 'restart' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('time' as const),
      ms: fc.constantFrom(1, rules.graceMs, rules.leaseMs),
    }),
  },
);

const take = async (it: Gateways, one: Step): Promise<void> => {
  const client = 'who' in one ? it.clients[one.who] : undefined;
  switch (one.type) {
    case 'come':
      return client && it.come(client, one.instance);
    case 'vanish':
      return client && it.vanish(client);
    case 'ask':
      return client && it.ask(client, one.command, one.late);
    case 'attach':
      return it.attach(one.instance);
    case 'lose':
      return it.lose(one.instance);
    case 'restart':
      return it.restart();
    case 'time':
      return it.passTime(one.ms);
  }
};

/** What sessions are owed, by the tables alone: a line for each session, room and number. */
class Ledger {
  readonly #it: Gateways;
  readonly #owed = new Set<string>();
  /** Said while a session had run out of time: owed as soon as it comes back. */
  readonly #perhaps = new Map<string, Set<string>>();
  #known = 0;

  constructor(it: Gateways) {
    this.#it = it;
  }

  /** Takes in what was appended since. */
  take(): void {
    const { appended, store } = this.#it;
    const { sessions, members } = store.tables;
    for (const { room, seq } of appended.slice(this.#known))
      for (const { session, rooms } of sessions.values()) {
        const key = `${session} ${room} ${seq}`;
        if (members.has(`${room}\n${session}`)) this.#owed.add(key);
        else if (rooms !== null && room in rooms)
          this.#perhaps.set(session, (this.#perhaps.get(session) ?? new Set()).add(key));
      }
    this.#known = appended.length;
    for (const [session, keys] of this.#perhaps) {
      if (sessions.get(session)?.state === 'ended') continue;
      for (const key of keys)
        if (members.has(`${key.split(' ')[1]}\n${session}`)) this.#owed.add(key);
      this.#perhaps.delete(session);
    }
  }

  /** Who is out of a room is not owed what it wasn't shown in time. */
  forgive(client: Client): void {
    const { members, sessions } = this.#it.store.tables;
    const session = sessionOf(client);
    const saved = sessions.get(session)?.rooms ?? {};
    for (const key of this.#owed) {
      const [whose, room = '', seq] = key.split(' ');
      if (whose !== session || members.has(`${room}\n${session}`) || room in saved) continue;
      if (!client.shown.get(room)?.seqs.includes(Number(seq))) this.#owed.delete(key);
    }
  }

  /** The numbers of a room that a session is owed. */
  of(session: string, room: string): readonly number[] {
    const start = `${session} ${room} `;
    return [...this.#owed]
      .filter((it) => it.startsWith(start))
      .map((it) => Number(it.slice(start.length)));
  }
}

/** What must be true of a client whose gateway has a stream. */
const judge = (it: Gateways, client: Client, ledger: Ledger): void => {
  const { members, events } = it.store.tables;
  const session = sessionOf(client);
  const inside = [...members.values()].filter((row) => row.session === session);
  expect([...client.rooms].sort()).toEqual(inside.map((row) => row.room).sort());
  for (const [room, { seqs, gaps }] of client.shown) {
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    const owed = ledger.of(session, room);
    expect(owed).toEqual(expect.arrayContaining(seqs));
    const first = events.get(room)?.[0]?.seq ?? 0;
    const missed = owed.filter((seq) => !seqs.includes(seq));
    for (const seq of missed) {
      expect(gaps.some(({ from, next }) => from <= seq && seq < next)).toBe(true);
      expect(seq).toBeLessThan(first);
    }
  }
};

test.prop([fc.array(step, { minLength: 20, maxLength: 80 })], { numRuns: 60 })(
  'each is shown what was said while it was in a room, once and in order, and nothing else',
  async (steps) => {
    const it = new Gateways(names);
    for (const one of instances) await it.attach(one);
    const ledger = new Ledger(it);
    for (const one of steps) {
      await take(it, one);
      ledger.take();
      for (const client of it.clients) ledger.forgive(client);
      for (const client of it.clients)
        if (client.at !== undefined && it.isAttached(client.at)) judge(it, client, ledger);
    }
  },
);
