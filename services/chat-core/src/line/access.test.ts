import { beforeEach, expect, test } from 'vitest';
import { codeOf, rehearse, rules, sessionId } from './rehearsal.ts';

let it: ReturnType<typeof rehearse>;
/** Ann has two sessions that are here, one that ended and may yet resume, and a certificate. */
beforeEach(async () => {
  it = rehearse();
  await it.hello('i1');
  await it.open('ann');
  await it.register('ann');
  await it.login('gone', 'ann');
  await it.ask('gone', { type: 'detach' });
  it.clock.now += rules.graceMs;
  await it.line.run({ type: 'sweep' });
  await it.login('phone', 'ann');
  await it.line.run({ type: 'certify', session: sessionId('ann'), fingerprint });
  it.told();
});

const fingerprint = 'ab'.repeat(32);
const reset = () => it.line.run({ type: 'reset', account: 'a-ann', password: 'y' });
const change = () =>
  it.line.run({
    ...{ type: 'register', session: sessionId('ann'), account: 'a-new', password: 'y' },
  });
const ended = (session: string) => ({
  ...{ type: 'ended', session: sessionId(session), cause: 'password-changed' },
});
const loginBy = (evidence: { password: string } | { certificate: string }) =>
  it.line.run({
    ...{ type: 'login', session: sessionId('new'), token: `${sessionId('new')}.secret` },
    ...{ account: 'a-ann', evidence, instance: 'i1', wire: 'x', address: null },
  });

test('the operator’s reset ends all that the old password let in, certificates too', async () => {
  expect(await reset()).toEqual({ ended: 2, certificates: 1 });
  expect(it.linesTo('i1')).toEqual([ended('ann'), ended('phone')]);
  expect(it.tables.certificates.size).toBe(0);
  for (const name of ['ann', 'phone', 'gone'])
    expect(codeOf(await it.resume(name))).toBe('resume-unknown');
  expect([...it.tables.moderation.audit.values()].at(-1)).toMatchObject({
    ...{ deed: 'reset-password', target: 'ann' },
  });
});

test('one’s own other password ends the other sessions, and leaves the certificates, which is told', async () => {
  expect(await change()).toMatchObject({
    nick: 'ann',
    changed: { ended: 1, certificates: 1 },
  });
  expect(it.linesTo('i1')).toEqual([ended('phone')]);
  expect(codeOf(await it.say('ann', 'still here'))).toBe('published');
  expect(codeOf(await it.resume('ann'))).toBe('opened');
  for (const name of ['phone', 'gone'])
    expect(codeOf(await it.resume(name))).toBe('resume-unknown');
  expect(await loginBy({ certificate: fingerprint })).toMatchObject({ type: 'opened' });
});

test.each([
  ['reset', reset],
  ['changed', change],
])('a login that was proved before the password was %s does not come in after', async (_, task) => {
  await task();
  expect(await it.login('late', 'ann')).toMatchObject({ code: 'password-wrong' });
  await it.open('guest');
  expect(await it.identify('guest', 'ann')).toMatchObject({ code: 'password-wrong' });
  expect(await loginBy({ password: 'y' })).toMatchObject({ type: 'opened' });
});

test('a login by a certificate that was revoked meanwhile does not come in', async () => {
  await reset();
  expect(await loginBy({ certificate: fingerprint })).toMatchObject({
    code: 'certificate-unknown',
  });
});
