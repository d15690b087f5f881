import { limits } from '@partyline/protocol';
import { beforeEach, expect, test } from 'vitest';
import { codeOf, rehearse, sessionId } from '../rehearsal.ts';

let it: ReturnType<typeof rehearse>;
beforeEach(async () => {
  it = rehearse();
  await it.hello('i1');
  await it.open('ann');
  await it.register('ann');
  it.told();
});
const setname = (name: string, realName: string) => it.ask(name, { type: 'setname', realName });

test('what somebody is called besides the nick is the same in all sessions, and told once', async () => {
  await it.login('phone', 'ann');
  it.told();
  expect(codeOf(await setname('ann', ' Ann\n Bee '))).toBe('done');
  expect(it.changesIn('lobby')).toMatchObject([{ change: 'described', realName: 'Ann Bee' }]);
  expect(codeOf(await setname('phone', 'Ann Bee'))).toBe('done');
  expect(it.changesIn('lobby')).toEqual([]);
  await it.login('later', 'ann');
  for (const name of ['ann', 'phone', 'later'])
    expect(it.tables.sessions.get(sessionId(name))?.realName).toBe('Ann Bee');
  const { members } = await it.read.members('lobby', 9);
  expect(members).toMatchObject([{ nick: 'ann', realName: 'Ann Bee' }]);
  await setname('ann', '');
  expect(it.changesIn('lobby')[0]).not.toHaveProperty('realName');
});

test('it has a limit', async () => {
  const long = '茶'.repeat(limits.realNameCodePoints + 1);
  expect(codeOf(await setname('ann', long))).toBe('text-too-long');
  expect(codeOf(await setname('ann', long.slice(1)))).toBe('done');
});
