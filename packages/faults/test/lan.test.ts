import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { createLan, lanMissing } from '@partyline/service/testing/lan';
import { expect, test, vi } from 'vitest';
import {
  CLI_PROGRAM,
  type CliResult,
  cliEnvironment,
  hasTmux,
  readLog,
  runCli,
  startSystem,
  Tmux,
} from '../src/index.ts';

const MINUTES = 60_000;
vi.setConfig({ testTimeout: 3 * MINUTES });
const patience = { timeout: MINUTES };

const missing = lanMissing() ?? (hasTmux() ? undefined : 'tmux is not installed');
const reason = missing === undefined ? '' : ` (left out: ${missing})`;

/** A system whose gateway and discovery are on the first host of a LAN. */
const startLine = async (parts: AsyncDisposableStack) => {
  const lan = parts.use(createLan(2));
  const system = parts.use(await startSystem());
  const here = { PARTYLINE_PUBLIC_HOST: lan.address(1) };
  const gateway = { PARTYLINE_TCP_LISTENERS: 'json+tcp://*:7002', PARTYLINE_TCP_OPS_PORT: '0' };
  await system.start('tcp-gateway', { ...here, ...gateway }, lan.on(1));
  const discovery = {
    ...{ PARTYLINE_NAME: 'Lab', PARTYLINE_UDP_OPS_PORT: '0', PARTYLINE_UDP_MDNS: 'off' },
    ...{ PARTYLINE_UDP_FEED: 'ops', PARTYLINE_UDP_ANNOUNCE_MS: '300' },
  };
  await system.start('udp-discovery', { ...here, ...discovery }, lan.on(1));
  return { system, elsewhere: [...lan.on(2), process.execPath, CLI_PROGRAM] };
};

test.skipIf(missing !== undefined)(
  `on another host the client finds the server by itself, and talks${reason}`,
  async () => {
    await using parts = new AsyncDisposableStack();
    const { system, elsewhere } = await startLine(parts);
    const environment = cliEnvironment({ TERM: 'screen-256color', XDG_STATE_HOME: system.folder });
    const [command = '', ...program] = elsewhere;
    const run = promisify(execFile);
    const { stdout } = await run(command, [...program, 'discover'], { env: environment });
    expect(stdout).toMatch(/^Lab .*\n[\s\S]*json\+tcp:\/\/10\.77\.7\.1:7002/);
    await run(command, [...program, 'send', 'ops', 'from', 'a', 'script'], { env: environment });

    await using ann = await Tmux.start(`${elsewhere.join(' ')} --nick ann`, environment);
    await ann.shows(/#lobby[\s\S]*ann ›/);
    await ann.type('/join ops');
    await ann.press('Enter');
    await ann.shows(/│ from a script/);
    await ann.type('from another host');
    await ann.press('Enter');
    await expect.poll(async () => (await readLog(system, 'ops')).length, patience).toBe(2);
  },
);

test.skipIf(missing !== undefined)(
  `tail --multicast hears a room on another host without connecting${reason}`,
  async () => {
    await using parts = new AsyncDisposableStack();
    const { system, elsewhere } = await startLine(parts);
    const [command = '', ...program] = elsewhere;
    const env = cliEnvironment({});
    const tail = spawn(command, [...program, 'tail', 'ops', '--multicast', '--json'], { env });
    const ended = new Promise((resolve) => tail.once('close', resolve));
    parts.defer(() => void tail.kill());
    const heard: string[] = [];
    createInterface({ input: tail.stdout }).on('line', (line) => heard.push(line));
    const server = `127.0.0.1:${system.tcp.jsonPort}`;
    const say = (text: string): Promise<CliResult> => runCli(server, ['send', 'ops', text]);
    // What was said before it listened is not sent again.
    await expect
      .poll(async () => {
        await say('is anybody there?');
        return heard.length;
      }, patience)
      .toBeGreaterThan(0);
    await say('over');
    await expect.poll(() => heard.at(-1), patience).toContain('over');
    const seqs = heard.map((line): number => JSON.parse(line).seq);
    expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
    expect(JSON.parse(heard.at(-1) ?? '')).toMatchObject({ type: 'broadcast', room: 'ops' });
    tail.kill('SIGINT');
    expect(await ended).toBe(130);
  },
);
