import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useFixture } from './fixture.ts';
import { composer, say, shown } from './stage.ts';

const fixture = useFixture();

/** At first load at most, compressed. */
const SCRIPT_BYTES = 100_000;

const workerRules = (page: Page): Promise<unknown> =>
  page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');

test('the page’s scripts are small', async () => {
  const assets = join(fixture.stage.folder, 'assets');
  const scripts = (await readdir(assets)).filter((file) => file.endsWith('.js'));
  const sizes = await Promise.all(
    scripts.map(async (file) => gzipSync(await readFile(join(assets, file))).length),
  );
  const sum = sizes.reduce((a, b) => a + b, 0);
  expect(sum).toBeGreaterThan(10_000);
  expect(sum).toBeLessThanOrEqual(SCRIPT_BYTES);
});

test('the page opens without a network, with what was said and written there', async () => {
  const page = await fixture.enter('eve');
  await say(page, 'before');
  await expect.poll(() => shown(page)).toEqual(['before']);
  await workerRules(page);
  await page.reload();
  await page.getByText('before').waitFor();

  fixture.server.setAway(true);
  fixture.server.cut();
  await page.context().setOffline(true);
  await say(page, 'said without a network');
  await composer(page).fill('not sent yet');
  await page.reload({ waitUntil: 'commit' });
  await page.getByPlaceholder('Message #lobby').waitFor();
  await page.getByText('said without a network').waitFor();
  expect(await composer(page).inputValue()).toBe('not sent yet');

  fixture.server.setAway(false);
  await page.context().setOffline(false);
  await expect
    .poll(() => shown(page), { timeout: 25_000 })
    .toEqual(['before', 'said without a network']);
  const texts = fixture.server.logs.get('lobby')?.map((it) => ('message' in it ? it.message : ''));
  expect(texts).toEqual(['before', 'said without a network']);
});

test('the page can be installed', async () => {
  const page = await fixture.open();
  const path = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = await (await page.request.get(new URL(path ?? '', fixture.url).href)).json();
  expect(manifest).toMatchObject({ display: 'standalone', start_url: '/' });
  for (const { src } of manifest.icons)
    expect((await page.request.get(new URL(src, fixture.url).href)).ok()).toBe(true);
});

/** In place of the browser's notifications, which a browser without a screen doesn't have. */
const noteNotifications = `
  window.shown = [];
  window.Notification = class {
    static permission = 'default';
    static requestPermission() {
      Notification.permission = 'granted';
      return Promise.resolve('granted');
    }
    constructor(title, { body }) {
      shown.push(title + ': ' + body);
    }
  };
  ServiceWorkerContainer.prototype.getRegistration = () => Promise.resolve(undefined);
`;

test('mentions and private messages are notified while nobody looks, if one wants that', async () => {
  const context = { viewport: { width: 1180, height: 760 } };
  const page = await fixture.open(context);
  await page.addInitScript(noteNotifications);
  await page.reload();
  await page.getByLabel('Nickname').fill('eve');
  await page.keyboard.press('Enter');
  await page.getByRole('log').waitFor();
  await page.getByRole('button', { name: 'You and this page' }).click();
  await page.getByLabel('Notifications').selectOption('mine');
  await page.keyboard.press('Escape');
  await say(page, '/join ops');
  await page.getByPlaceholder('Message #ops').waitFor();
  fixture.server.say('ada', 'nothing about anybody');
  fixture.server.say('ada', 'tea, @eve?', 'lobby', Date.now(), ['eve']);
  fixture.server.whisper('ada', 'eve', 'psst');
  await expect
    .poll(() => page.evaluate('shown'))
    .toEqual(['ada · #lobby: tea, @eve?', 'ada, privately: psst']);
  await page.reload();
  await page.getByRole('button', { name: 'You and this page' }).click();
  expect(await page.getByLabel('Notifications').inputValue()).toBe('mine');
});
