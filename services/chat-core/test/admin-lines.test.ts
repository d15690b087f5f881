import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_TOKEN, startTestCore } from './core.ts';
import { furnisher, makeRoomFor, type Names } from './furnish.ts';

let core: Awaited<ReturnType<typeof startTestCore>>;
let furnish: ReturnType<typeof furnisher>;
beforeAll(async () => {
  core = await startTestCore();
  furnish = furnisher(core);
});
afterAll(() => core[Symbol.asyncDispose]());

const root = join(import.meta.dirname, '../../..');

/** The lines of fenced blocks that ask the admin API for something. */
const linesOf = async (file: string): Promise<string[]> => {
  const text = await readFile(join(root, file), 'utf8');
  const blocks = [...text.matchAll(/^```\w*\n(.*?)^```/gms)].map(([, block = '']) => block);
  return blocks
    .flatMap((block) => block.replaceAll(/\\\n\s*/g, '').split('\n'))
    .filter((line) => /^(admin|curl) /.test(line) && line.includes('localhost:7300'));
};

/** Runs a line with the blanks filled in, and gives the status of the answer. */
const run = (line: string, names: Names, etag: string): Promise<string> => {
  const [asked = ''] = line.split(/ \| | > /);
  const filled = asked
    .replaceAll('localhost:7300', `127.0.0.1:${core.adminPort}`)
    .replaceAll('SESSION', names.session)
    .replaceAll('FINGERPRINT', names.fingerprint)
    .replaceAll('SEQ', names.seq)
    .replaceAll('"TAG"', etag)
    .replaceAll('h-…', names.webhook)
    .replaceAll('NAME', names.backup);
  // A stream has no end.
  const seconds = line.includes('watch=1') ? 2 : 20;
  const script = `
    curl() { command curl -sS -m ${seconds} -o /dev/null -w '%{http_code}' "$@"; }
    admin() { curl -H "Authorization: Bearer $TOKEN" "$@"; }
    ${filled}`;
  return new Promise((resolve) =>
    execFile(
      'bash',
      ['-c', script],
      { cwd: core.data, env: { ...process.env, TOKEN: ADMIN_TOKEN } },
      (_, told) => resolve(told),
    ),
  );
};

test.for(['README.md', 'services/chat-core/README.md', 'services/chat-core/BOTS.md'])(
  'every line for the admin API in %s does what it says',
  { timeout: 120_000 },
  async (file) => {
    const lines = await linesOf(file);
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) {
      const names = await furnish();
      const [, path = '', name] =
        /localhost:7300(\/\S+?)'? .*-d '\{"name":"(\w+)"/.exec(line) ?? [];
      await makeRoomFor(core, path, name);
      const { headers } = await core.order('GET', '/v1/rooms/ops');
      const status = await run(line, names, headers.get('etag') ?? '');
      expect([line, status]).toEqual([line, '200']);
    }
  },
);

test('every deed has its line', async () => {
  const text = await readFile(join(root, 'services/chat-core/README.md'), 'utf8');
  const bots = await readFile(join(root, 'services/chat-core/BOTS.md'), 'utf8');
  const { paths } = (await core.order('GET', '/openapi.json')).json as unknown as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  const lines = (text + bots).replaceAll(/\\\n\s*/g, '').split('\n');
  for (const [path, its] of Object.entries(paths))
    for (const [method, { operationId }] of Object.entries(its)) {
      const place = path.replaceAll(/\{\w+\}/g, '[^/ ?]+');
      const written = new RegExp(`^admin .*localhost:7300${place}('| |\\?|$)`);
      const isWritten = lines.some((line) => {
        const [, verb = line.includes(' -d ') ? 'POST' : 'GET'] = / -X (\w+)/.exec(line) ?? [];
        return verb === method.toUpperCase() && written.test(line);
      });
      expect([operationId, isWritten]).toEqual([operationId, true]);
    }
});
