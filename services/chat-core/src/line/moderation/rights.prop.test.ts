import { fc, test } from '@fast-check/vitest';
import { type Command, EVERYWHERE, type Role, roles } from '@partyline/protocol';
import { expect } from 'vitest';
import type { Tables } from '../../store/memory/tables.ts';
import { OPERATOR } from '../draft.ts';
import { rehearse, sessionId, tokenOf } from '../rehearsal.ts';
import { isAtLeast, isBelow, type Rank } from './rights.ts';

const names = ['ann', 'bob', 'cat', 'dan'];
const name = fc.constantFrom(...names);
const room = fc.constantFrom('lobby', 'den', 'ops');

/** What anybody may try, whoever they are. */
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      ...{ type: fc.constant('role' as const), room: fc.oneof(room, fc.constant(EVERYWHERE)) },
      ...{ nick: name, role: fc.constantFrom<Role>(...roles, 'operator') },
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('join' as const), room }) },
  fc.record({ type: fc.constant('part' as const), room }),
  fc.record({ type: fc.constant('remove' as const), room, nick: name }),
  fc.record({ type: fc.constant('ban' as const), room, who: name }),
  fc.record({ type: fc.constant('unban' as const), room, who: name }),
  fc.record({ type: fc.constant('mute' as const), room, nick: name }),
  fc.record({ type: fc.constant('unmute' as const), room, nick: name }),
  name.map((nick) => ({ type: 'rename' as const, nick })),
);
const step = fc.record({
  actor: name,
  /** Rarely the operator acts, by the admin API. */
  by: fc.constantFrom(...['i1', 'i1', 'i1', 'i1', 'i1', 'i1', 'i1'], OPERATOR),
  command: fc.oneof(
    { weight: 12, arbitrary: command },
    { weight: 1, arbitrary: fc.constant('register') },
  ),
});

const rankOf = ({ moderation }: Tables, where: string, person: string): Rank =>
  moderation.roles.get(`${EVERYWHERE}\n${person}`)?.role ??
  moderation.roles.get(`${where}\n${person}`)?.role ??
  'member';

const copy = (tables: Tables): Tables => ({
  ...tables,
  rooms: new Map(tables.rooms),
  moderation: { ...tables.moderation, roles: new Map(tables.moderation.roles) },
});

/** Every role that is another than it was must have been the actor's to give. */
const judge = (
  before: Tables,
  after: Tables,
  actor: string,
  isOperator: boolean,
  what: Command,
) => {
  const keys = [...before.moderation.roles.keys(), ...after.moderation.roles.keys()];
  for (const key of keys) {
    const was = before.moderation.roles.get(key)?.role ?? 'member';
    const is = after.moderation.roles.get(key)?.role ?? 'member';
    if (was === is) continue;
    const [where = '', whose = ''] = key.split('\n');
    if (what.type === 'join') {
      // Whoever makes a room owns it.
      expect({ whose, is, isNew: !before.rooms.has(where) }).toEqual({
        ...{ whose: actor, is: 'owner', isNew: true },
      });
      continue;
    }
    expect(['role', 'ban']).toContain(what.type);
    const rank: Rank = isOperator ? 'console' : rankOf(before, where, actor);
    expect(isBelow(rankOf(before, where, whose), rank)).toBe(true);
    expect(isAtLeast(rank, is)).toBe(true);
    expect(isOperator || whose !== actor).toBe(true);
    if (what.type === 'role') expect(isAtLeast(rank, 'owner')).toBe(true);
    else expect(is).toBe('member');
    if (where === EVERYWHERE) expect(isOperator).toBe(true);
  }
};

test.prop([fc.array(step, { minLength: 10, maxLength: 60 })], { numRuns: 200 })(
  'permissions never widen: a role changes only by somebody entitled to change it',
  async (steps) => {
    const it = rehearse();
    await it.hello('i1');
    for (const one of names)
      await it.ask(one, { type: 'open', nick: one, token: tokenOf(one), wire: 'x' });
    for (const { actor, by, command: what } of steps) {
      const before = copy(it.tables);
      const personOf = (one: string) => it.tables.sessions.get(sessionId(one))?.person ?? one;
      const was = personOf(actor);
      if (typeof what !== 'string') {
        await it.ask(actor, what, { by });
        judge(before, it.tables, was, by === OPERATOR, what);
        continue;
      }
      await it.register(actor);
      // The same person under another id is what it was.
      for (const where of ['lobby', 'den', 'ops', EVERYWHERE])
        expect(rankOf(it.tables, where, personOf(actor))).toBe(rankOf(before, where, was));
    }
    // The audit log has no holes.
    const audit = [...it.tables.moderation.audit.keys()];
    expect(audit).toEqual(audit.map((_, index) => index + 1));
  },
);
