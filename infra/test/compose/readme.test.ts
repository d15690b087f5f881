import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { lineClient } from './clients.ts';
import { asked, portOf, showLogsOfFailures, within } from './system.ts';

showLogsOfFailures();

/** The lines of a document's fenced blocks that call curl. */
const curlLines = (document: string): readonly string[] => {
  const [, ...parts] = document.split(/^```\w*\n/m);
  const fenced = parts.filter((_, at) => at % 2 === 0).flatMap((block) => block.split('\n'));
  return fenced.filter((line) => line.startsWith('curl '));
};

const lines = curlLines(readFileSync(new URL('../../../README.md', import.meta.url), 'utf8'));

let token = '';
let adminPort = 0;
/** Where lines may write. */
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'partyline-readme-'));
  token = within('chat-core', 'cat', '/secrets/admin/token').stdout.trim();
  adminPort = portOf('chat-core', 7300);
  return () => rmSync(folder, { recursive: true });
});

/** Somebody who is in the lobby and in #ops until the test is over. */
const guest = async (nick: string) => {
  const client = await lineClient(portOf('edge', 7002));
  client.say(JSON.stringify({ type: 'login', nickname: nick }));
  await client.waitFor('"success":true');
  client.say('{"type":"join","room":"ops"}');
  await client.waitFor('"ops"');
  return client;
};

const sessionOf = async (nick: string): Promise<string> => {
  const { sessions } = JSON.parse(await asked('/v1/sessions')) as {
    sessions: { nick: string; session: string }[];
  };
  return sessions.find((it) => it.nick === nick)?.session ?? '';
};

/** Runs a line as a shell would in which the document's definitions were made. */
const run = (line: string) =>
  spawnSync(
    'bash',
    [
      '-c',
      `curl() { command curl --fail-with-body "$@"; }
       ${line}`,
    ],
    { encoding: 'utf8', cwd: folder, env: { ...process.env, TOKEN: token } },
  );

const fill = (line: string, session: string): string =>
  line.replaceAll('localhost:7300', `localhost:${adminPort}`).replaceAll('SESSION', session);

test('the README has lines of curl for operators', () => {
  expect(lines.length).toBeGreaterThan(5);
});

test.for(lines)('as the README has it: %s', async (line) => {
  await guest('ivy');
  const { status, stdout, stderr } = run(fill(line, await sessionOf('ivy')));
  expect(status, stdout + stderr).toBe(0);
});
