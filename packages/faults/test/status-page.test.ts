import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { startBrowser } from '@partyline/web/testing';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { freePorts, type System, startNc, startSystem } from '../src/index.ts';

const TOKEN = 'admin-token-of-a-test';
const MINUTE = 60_000;
/** Screenshots are kept when a folder for them is named. */
const shots = process.env.PARTYLINE_SCREENSHOTS;

let system: System;
let browser: Browser;
let axe: string;
let url: string;
const complaints: string[] = [];
beforeAll(async () => {
  const [port = 0] = await freePorts(1);
  system = await startSystem({
    PARTYLINE_HIGH_WATER_BYTES: '65536',
    PARTYLINE_ADMIN_PORT: `${port}`,
  });
  browser = await startBrowser();
  const path = createRequire(import.meta.resolve('@partyline/web/package.json')).resolve(
    'axe-core/axe.min.js',
  );
  axe = await readFile(path, 'utf8');
  url = new URL('/status', (await system.admin('/v1/overview')).url).href;
}, 2 * MINUTE);
afterAll(async () => {
  await browser?.close();
  await system?.[Symbol.asyncDispose]();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  expect(complaints.splice(0)).toEqual([]);
});

const open = async (options: BrowserContextOptions = {}, at = url): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1180, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // A chat-core that is away, or refuses, is what some tests are about.
    if (message.type() === 'error' && !/ERR_CONNECTION|401/.test(message.text()))
      complaints.push(message.text());
  });
  await page.goto(at);
  return page;
};

const enter = async (page: Page, token = TOKEN): Promise<Page> => {
  await page.locator('#token').fill(token);
  await page.keyboard.press('Enter');
  return page;
};

const shoot = async (page: Page, name: string): Promise<void> => {
  if (shots) await page.screenshot({ path: join(shots, `status-${name}.png`), fullPage: true });
};

/** What axe finds against WCAG 2.2 AA. */
const violations = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe);
  return page.evaluate(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      .then((it) => it.violations.map(({ id, nodes }) => id + ': ' + nodes.map((one) => one.html)))`,
  );
};

/** Somebody who comes in and reads nothing more. */
const comeInAndStop = (nick: string): Socket => {
  const socket = connect(system.tcp.textPort, '127.0.0.1');
  socket.on('error', () => {});
  socket.pause();
  socket.write(`${nick}\n`);
  return socket;
};

test('asks for the token, and shows nothing to who has none', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'Show the status' }).waitFor();
  expect(await page.evaluate('document.activeElement.id')).toBe('token');
  expect(await page.locator('.tree').count()).toBe(0);
  await enter(page, 'another');
  await page.getByText('This token is not the right one.').waitFor();
  expect(await page.locator('.tree').count()).toBe(0);
  await enter(page);
  await page.getByText('Live.').waitFor();
  expect(await page.evaluate('document.cookie')).toBe('');

  await page.reload();
  await page.getByText('Live.').waitFor();
  await page.getByRole('button', { name: 'Forget the token' }).click();
  await page.getByRole('button', { name: 'Show the status' }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Show the status' }).waitFor();
});

test('shows which services are where, what goes through them, and who reads too slowly', async () => {
  const page = await enter(await open());
  const tree = page.locator('.tree');
  for (const kind of ['SQLite', 'chat-core', 'tcp-gateway', 'ws-gateway'])
    await tree.getByRole('heading', { name: kind, exact: true }).waitFor();
  await page.getByText('Nobody is behind.').waitFor();

  const slow = comeInAndStop('snail');
  using ada = await startNc(system.tcp.textPort, 'ada');
  const talking = setInterval(() => ada.type('a word or two '.repeat(500)), 20);
  try {
    const row = page.getByRole('row').filter({ hasText: 'snail' });
    await row.waitFor({ timeout: 2 * MINUTE });
    expect(await row.textContent()).toContain('text+tcp');
    await page.locator('.card.slow', { hasText: 'tcp-gateway' }).waitFor();
    const said = page.locator('#numbers li', { hasText: 'Messages a second' });
    await expect.poll(async () => Number(await said.locator('.number').textContent())).not.toBe(0);
  } finally {
    clearInterval(talking);
    slow.destroy();
  }
  await page.getByText('Nobody is behind.').waitFor();
});

test('what is focused stays so while numbers change, and they stop when asked to', async () => {
  const page = await enter(await open());
  await page.locator('.tree').waitFor();
  const memory = (): Promise<string | null> => page.locator('.card').nth(1).textContent();
  await page.locator('#topology').focus();
  const before = await memory();
  await expect.poll(memory, { timeout: MINUTE }).not.toBe(before);
  expect(await page.evaluate('document.activeElement.id')).toBe('topology');

  await page.locator('#pause').focus();
  await page.keyboard.press('Space');
  await page.getByText('Paused.').waitFor();
  const paused = await memory();
  const now = async (): Promise<number> => {
    const told = (await (await system.admin('/v1/status')).json()) as { at: number };
    return told.at;
  };
  const pausedAt = await now();
  // Longer than it would have asked again by.
  await expect.poll(now, { timeout: MINUTE, interval: 500 }).toBeGreaterThan(pausedAt + 5_000);
  expect(await memory()).toBe(paused);
  await page.locator('#pause').press('Space');
  await page.getByText('Live.').waitFor();
  await expect.poll(memory, { timeout: MINUTE }).not.toBe(paused);
});

test('says that chat-core is away, and goes on by itself', async () => {
  const page = await enter(await open());
  await page.locator('.tree').waitFor();
  await system.core.kill();
  await page.getByText('chat-core does not answer.').waitFor();
  expect(await page.locator('.tree').count()).toBe(1);
  expect(await violations(page)).toEqual([]);
  await shoot(page, 'away');
  await system.core.start();
  await page.getByText('Live.').waitFor();
});

for (const colorScheme of ['light', 'dark'] as const)
  for (const [name, width] of Object.entries({ wide: 1280, narrow: 390 }))
    test(`everybody can use it (${colorScheme}, ${name})`, async () => {
      const page = await open({ colorScheme, viewport: { width, height: 800 } });
      await page.locator('#token').waitFor();
      expect(await violations(page)).toEqual([]);
      await enter(page);
      await page.locator('.tree').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await shoot(page, `${colorScheme}-${name}`);
    });

test('speaks the language of the server', async () => {
  const [port = 0] = await freePorts(1);
  const data = join(system.folder, 'zh');
  await using _ = await system.start('chat-core', {
    ...{ PARTYLINE_LOCALE: 'zh-CN', PARTYLINE_DATA: data },
    ...{ PARTYLINE_BUS_LISTEN: `unix:${join(system.folder, 'zh.sock')}` },
    ...{ PARTYLINE_ADMIN_PORT: `${port}`, PARTYLINE_ADMIN_TOKEN: TOKEN },
  });
  const page = await enter(await open({}, `http://127.0.0.1:${port}/status`));
  await page.getByText('没有已连接的网关').waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
  expect(await violations(page)).toEqual([]);
  await shoot(page, 'zh');
});
