import { beforeEach, expect, test } from 'vitest';
import { codeOf, rehearse, rules, sessionId } from '../rehearsal.ts';

let it: ReturnType<typeof rehearse>;
/** Ann is an account with two sessions, on two instances; bob is a guest. */
beforeEach(async () => {
  it = rehearse();
  for (const instance of ['i1', 'i2']) await it.hello(instance);
  await it.open('ann');
  await it.open('bob');
  await it.register('ann');
  await it.login('phone', 'ann', 'i2');
  await it.ask('ann', { type: 'join', room: 'den' });
  it.told();
});

const ended = (session: string, reason: string) => ({
  ...{ type: 'ended', session: sessionId(session), cause: 'kicked', reason },
});
const lastDeed = () => [...it.tables.moderation.audit.values()].at(-1);

test('the operator ends all sessions of an account, which may come back', async () => {
  const expel = { type: 'expel', account: 'a-ann', reason: ' for\nnow ' } as const;
  expect(await it.line.run(expel)).toBe(2);
  const effects = it.told();
  expect(it.linesTo('i1', effects)).toEqual([ended('ann', 'for now')]);
  expect(it.linesTo('i2', effects)).toEqual([ended('phone', 'for now')]);
  expect(lastDeed()).toMatchObject({
    ...{ deed: 'end-sessions', by: 'operator', target: 'ann', reason: 'for now' },
  });
  expect(codeOf(await it.resume('phone', 'i2'))).toBe('resume-unknown');
  expect(await it.login('again', 'ann')).toMatchObject({ type: 'opened', nick: 'ann' });
});

test('a deleted account leaves nothing but what it said, and its nick is free', async () => {
  await it.ask('bob', { type: 'private', to: 'ann', text: 'psst' });
  await it.say('ann', 'hi');
  await it.ask('phone', { type: 'detach' }, { by: 'i2' });
  it.clock.now += rules.graceMs;
  await it.line.run({ type: 'sweep' });
  await it.ask('bob', { type: 'join', room: 'attic' });
  await it.ask('bob', { type: 'invite', room: 'attic', nick: 'ann' });
  expect(await it.line.run({ type: 'forget', account: 'a-ann', reason: '' })).toBe(1);
  expect(lastDeed()).toMatchObject({ deed: 'delete-account', target: 'ann' });
  expect(codeOf(await it.resume('phone', 'i2'))).toBe('resume-unknown');
  const { accounts, cursors, invitations, moderation } = it.tables;
  for (const table of [accounts, cursors, invitations, moderation.roles])
    expect(JSON.stringify([...table.values()])).not.toContain('a-ann');
  expect(codeOf(await it.open('ann2', { nick: 'ann' }))).toBe('opened');
  expect(it.tables.events.get('lobby')).toMatchObject([{ person: 'a-ann', text: 'hi' }]);
});

test('an account that is not there is said so', async () => {
  for (const type of ['expel', 'forget'] as const)
    expect(await it.line.run({ type, account: 'a-none', reason: '' })).toMatchObject({
      code: 'account-unknown',
    });
  expect(await it.line.run({ type: 'reset', account: 'a-none', password: 'y' })).toMatchObject({
    code: 'account-unknown',
  });
});
