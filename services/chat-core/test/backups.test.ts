import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOf, sayOf, startTestCore } from './core.ts';

let core: Awaited<ReturnType<typeof startTestCore>>;
beforeEach(async () => {
  core = await startTestCore();
  await core.hello('i1');
  await core.publish('i1', [openOf('ann'), sayOf('ann', 'a'), sayOf('ann', 'b')]);
});
afterEach(() => core[Symbol.asyncDispose]());

test('the operator makes a backup, lists it, takes it along whole or in ranges, and deletes it', async () => {
  const made = await core.order('POST', '/v1/backups');
  expect(made.status).toBe(200);
  expect(made.json).toMatchObject({ events: 2, scheduled: false });
  expect((await core.order('GET', '/v1/backups')).json).toEqual({ backups: [made.json] });

  const { name, sha256 } = made.json as unknown as { name: string; sha256: string };
  const whole = await core.admin(`/v1/backups/${name}`);
  const bytes = Buffer.from(await whole.arrayBuffer());
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  expect(whole.headers.get('content-type')).toBe('application/vnd.sqlite3');
  const digest = Buffer.from(sha256, 'hex').toString('base64');
  expect(whole.headers.get('repr-digest')).toBe(`sha-256=:${digest}:`);
  const headers = { authorization: 'Bearer admin-token-of-a-test', range: 'bytes=0-14' };
  const part = await core.admin(`/v1/backups/${name}`, { headers });
  expect(part.status).toBe(206);
  expect(await part.text()).toBe('SQLite format 3');

  expect((await core.order('DELETE', `/v1/backups/${name}`)).json).toEqual({ done: true });
  expect(await core.order('DELETE', `/v1/backups/${name}`)).toMatchObject({
    status: 404,
    json: { code: 'backup-unknown' },
  });
  expect((await core.admin(`/v1/backups/${name}`)).status).toBe(404);
  expect((await core.admin('/v1/backups/..%2Fpartyline.db')).status).toBe(404);
});
