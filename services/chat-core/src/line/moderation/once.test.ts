import type { Command } from '@partyline/protocol';
import { beforeEach, expect, test } from 'vitest';
import { codeOf, rehearse, sessionId } from '../rehearsal.ts';

let it: ReturnType<typeof rehearse>;
/** Ann owns the den, which bob and eve are in. */
beforeEach(async () => {
  it = rehearse();
  await it.hello('i1');
  for (const name of ['ann', 'bob', 'eve']) {
    await it.open(name, { address: '192.0.2.1' });
    await it.ask(name, { type: 'join', room: 'den' });
  }
  await it.ask('ann', { type: 'ban', room: 'den', who: 'zed' });
  it.told();
});

const den = { room: 'den' } as const;
const deeds: readonly Command[] = [
  { type: 'remove', ...den, nick: 'bob' },
  { type: 'ban', ...den, who: 'bob', forMs: 60_000 },
  { type: 'unban', ...den, who: 'zed' },
  { type: 'mute', ...den, nick: 'bob', forMs: 60_000 },
  { type: 'unmute', ...den, nick: 'eve' },
  { type: 'slow', ...den, ms: 1_000 },
  { type: 'role', ...den, nick: 'bob', role: 'owner' },
  { type: 'configure', ...den, visibility: 'private' },
  { type: 'invite', ...den, nick: 'bob' },
  { type: 'invite', ...den, nick: 'bob', remove: true },
];

test.for(deeds)('a $type that is sent again is answered the same and done once', async (deed) => {
  const first = await it.ask('ann', deed, { id: 'again' });
  expect(codeOf(first)).toMatch(/^(done|configured)$/);
  it.told();
  const tables = structuredClone(it.tables);
  it.clock.now += 5_000;
  expect(await it.ask('ann', deed, { id: 'again' })).toEqual(first);
  expect(it.told()).toEqual([]);
  expect(it.tables).toEqual(tables);
});

test('a deed is known again in one batch, and as the account’s whose guest did it', async () => {
  const deed = it.envelope('ann', { type: 'remove', ...den, nick: 'bob' }, 'mine');
  const outcomes = await it.line.publish('i1', [deed, deed]);
  expect(outcomes.map(codeOf)).toEqual(['done', 'done']);
  await it.register('ann');
  expect(codeOf(await it.ask('ann', deed.command, { id: 'mine' }))).toBe('done');
  expect(it.tables.moderation.audit.size).toBe(2);
});

test('the same id by another person, or of the operator, is another deed', async () => {
  await it.ask('ann', { type: 'remove', ...den, nick: 'bob' }, { id: 'same' });
  const again = { type: 'remove', ...den, nick: 'eve' } as const;
  expect(codeOf(await it.ask('eve', again, { id: 'same' }))).toBe('moderator-needed');
  expect(it.tables.members.has(`den\n${sessionId('eve')}`)).toBe(true);
  await it.operate(again);
  expect(it.tables.members.has(`den\n${sessionId('eve')}`)).toBe(false);
});
