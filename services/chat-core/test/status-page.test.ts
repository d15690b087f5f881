import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestCore } from './core.ts';

let core: Awaited<ReturnType<typeof startTestCore>>;
beforeEach(async () => {
  core = await startTestCore();
});
afterEach(() => core[Symbol.asyncDispose]());

const get = (path: string) => fetch(`http://127.0.0.1:${core.adminPort}${path}`);

test('the page needs no token, holds nothing that one is needed for, and runs only its own files', async () => {
  await core.hello('secret-instance');
  const page = await get('/status');
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe');
  const html = await page.text();
  expect(html).not.toContain('secret-instance');
  expect(html).toContain('<html lang="en">');

  const files = [...html.matchAll(/(?:src|href)="(status\/[^"]+)"/g)].map(([, it]) => it);
  expect(files).toEqual(expect.arrayContaining(['status/main.js', 'status/status.css']));
  for (const it of files) expect((await get(`/${it}`)).status).toBe(200);
  const main = await get('/status/main.js');
  expect(main.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  for (const [, it] of (await main.text()).matchAll(/from '\.\/([^']+)'/g))
    expect((await get(`/status/${it}`)).status).toBe(200);
});

test('what the page shows needs the token, and no other file is served', async () => {
  expect((await get('/v1/status')).status).toBe(401);
  for (const it of ['tsconfig.json', '..%2ftexts.ts', 'nothing.js'])
    expect((await get(`/status/${it}`)).status).toBe(404);
});
