import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { type Stage, startStage } from '@partyline/web/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePorts, type System, type SystemProcess, startNc, startSystem } from '../src/index.ts';

/** The Lounge's program: an IRC client that runs on a server, and shows itself in browsers. */
const program = ((): string | undefined => {
  if (process.env.PARTYLINE_THELOUNGE !== undefined) return process.env.PARTYLINE_THELOUNGE;
  try {
    return execFileSync('sh', ['-c', 'realpath "$(command -v thelounge)"']).toString().trim();
  } catch {
    return undefined;
  }
})();

const MINUTES = 60_000;
const LOOK_AGAIN_MS = 100;
/** It comes back by itself only to servers that it was on for longer than this. */
const SAFELY_IN_MS = 5_000;
const patience = { timeout: MINUTES };

let stage: Stage;
let system: System;
let gateway: SystemProcess;
let ircPort: number;

/** It asks the Web for news of itself, and where there is no Web, that ends it on newer Nodes. */
const withoutNews = (port: number): string =>
  `data:text/javascript,import https from 'node:https';import http from 'node:http';https.request=(url,options,then)=>http.request('http://127.0.0.1:${port}/news',then)`;

const isListening = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

/** The Lounge with a folder of its own; `mode` says whether it has users. */
const startLounge = async (
  parts: AsyncDisposableStack,
  mode: 'public' | 'private',
): Promise<string> => {
  const home = await mkdtemp(join(tmpdir(), 'partyline-lounge-'));
  parts.defer(() => rm(home, { recursive: true, force: true }));
  await mkdir(join(home, 'users'));
  const { hashSync } = createRequire(program ?? '')('bcryptjs');
  const user = { password: hashSync('secret', 4), log: false };
  await writeFile(join(home, 'users', 'lou.json'), JSON.stringify(user));
  const [port = 0] = await freePorts(1);
  const settings = [`public=${mode === 'public'}`, 'host=127.0.0.1', `port=${port}`];
  const child: ChildProcess = spawn(
    process.execPath,
    [
      ...['--import', withoutNews(port), program ?? '', 'start'],
      ...settings.flatMap((it) => ['-c', it]),
    ],
    { env: { PATH: process.env.PATH, THELOUNGE_HOME: home }, stdio: 'ignore' },
  );
  const ended = once(child, 'exit');
  parts.defer(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  while (!(await isListening(port))) {
    if (child.exitCode !== null) throw new Error(`The Lounge ended with ${child.exitCode}`);
    await pass(LOOK_AGAIN_MS);
  }
  return `http://127.0.0.1:${port}/`;
};

const signIn = async (page: Page): Promise<void> => {
  await page.locator('#signin-username').fill('lou');
  await page.locator('#signin-password').fill('secret');
  await page.keyboard.press('Enter');
};

const connectAs = async (page: Page, nick: string): Promise<void> => {
  const form = page.locator('#connect');
  await form.locator('input[name=host]').fill('127.0.0.1');
  await form.locator('input[name=port]').fill(`${ircPort}`);
  await form.locator('input[name=tls]').uncheck();
  await form.locator('input[name=nick]').fill(nick);
  await form.locator('input[name=join]').fill('#lobby');
  await form.locator('button[type=submit]').click();
};

const openChannel = (page: Page, name: string): Promise<void> =>
  page.locator(`#sidebar [data-type=channel][data-name="${name}"]`).click();

const openLobby = (page: Page): Promise<void> => page.locator('#sidebar [data-type=lobby]').click();

const shown = (page: Page): Promise<string | null> => page.locator('#chat .messages').textContent();

const say = async (page: Page, text: string): Promise<void> => {
  await page.locator('#input').fill(text);
  await page.keyboard.press('Enter');
};

const reason = program === undefined ? ' (left out: The Lounge is not installed)' : '';

describe.skipIf(program === undefined)(`The Lounge${reason}`, () => {
  beforeAll(async () => {
    stage = await startStage();
    system = await startSystem();
    const [port = 0, opsPort = 0] = await freePorts(2);
    ircPort = port;
    gateway = await system.start('tcp-gateway', {
      PARTYLINE_TCP_LISTENERS: `irc+tcp://127.0.0.1:${port}`,
      PARTYLINE_TCP_OPS_PORT: `${opsPort}`,
    });
  }, 2 * MINUTES);

  afterAll(async () => {
    await stage?.[Symbol.asyncDispose]();
    await system?.[Symbol.asyncDispose]();
  });

  test.each(['public', 'private'] as const)(
    'with %s mode connects, joins, talks, sees history, comes back after the gateway was killed, and has nothing to complain of',
    async (mode) => {
      await using parts = new AsyncDisposableStack();
      using ann = await startNc(system.tcp.textPort, `ann-${mode}`);
      ann.type(`said before, ${mode}`);
      const page = await stage.open(await startLounge(parts, mode));
      if (mode === 'private') await signIn(page);
      await connectAs(page, `lou-${mode}`);

      await openChannel(page, '#lobby');
      await expect.poll(() => shown(page), patience).toContain(`said before, ${mode}`);
      await say(page, 'hello from The Lounge');
      await expect.poll(ann.heard, patience).toContain(`lou-${mode}:hello from The Lounge`);
      await say(page, '/me waves');
      await expect.poll(ann.heard, patience).toContain('waves');
      ann.type('hello Lounge, 你好');
      await expect.poll(() => shown(page), patience).toContain('hello Lounge, 你好');
      await say(page, `/topic Tea of ${mode}`);
      await expect
        .poll(() => page.locator('#chat .topic').textContent(), patience)
        .toBe(`Tea of ${mode}`);
      await say(page, `/join #den-${mode}`);
      await page.locator(`#sidebar [data-name="#den-${mode}"]`).waitFor();
      await say(page, `/msg ann-${mode} psst`);
      await expect.poll(ann.heard, patience).toContain('psst');
      await openLobby(page);
      await expect.poll(() => shown(page), patience).toContain('one conversation');
      expect(await page.locator('#chat .msg[data-type=error]').allInnerTexts()).toEqual([]);

      await pass(SAFELY_IN_MS);
      await gateway.kill();
      ann.type(`said while it was away, ${mode}`);
      await gateway.start();
      await openChannel(page, '#lobby');
      await expect.poll(() => shown(page), patience).toContain(`said while it was away, ${mode}`);
      await say(page, 'back again');
      await expect.poll(ann.heard, patience).toContain(':back again');
    },
    3 * MINUTES,
  );
});
