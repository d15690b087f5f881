import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { startBrowser } from './chromium.ts';

export { startBrowser };

/** Screenshots are kept when a folder for them is named. */
const shots = process.env.PARTYLINE_SCREENSHOTS;

/** The built page and a browser to look at it with. */
export interface Stage extends AsyncDisposable {
  /** Where the build lies. */
  readonly folder: string;
  /** What pages complained about since the last `clear`. */
  readonly complaints: readonly string[];
  /** Opens a page in a context of its own, as another person's browser. */
  open(url: string, options?: BrowserContextOptions): Promise<Page>;
  /** The same, and comes in under a nick. */
  enter(url: string, nick: string, options?: BrowserContextOptions): Promise<Page>;
  /** Closes all pages, and forgets what they complained about. */
  clear(): Promise<void>;
}

const buildInto = async (folder: string): Promise<void> => {
  const root = join(import.meta.dirname, '..');
  await build({ root, logLevel: 'error', build: { outDir: folder } });
};

export const startStage = async (): Promise<Stage> => {
  await using cleanup = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'partyline-web-'));
  cleanup.defer(() => rm(folder, { recursive: true, force: true }));
  await buildInto(folder);
  const browser: Browser = await startBrowser();
  cleanup.defer(() => browser.close());
  const opened: Page[] = [];
  const complaints: string[] = [];

  const open: Stage['open'] = async (url, options = {}) => {
    const viewport = { width: 1180, height: 760 };
    const context = await browser.newContext({ viewport, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      // A refused connection is what some tests are about.
      if (message.type() === 'error' && !/WebSocket|ERR_CONNECTION/.test(message.text()))
        complaints.push(message.text());
    });
    opened.push(page);
    await page.goto(url);
    return page;
  };

  const owned = cleanup.move();
  return {
    folder,
    complaints,
    open,
    async enter(url, nick, options) {
      const page = await open(url, options);
      await page.getByLabel('Nickname').fill(nick);
      await page.keyboard.press('Enter');
      await page.getByRole('log').waitFor();
      return page;
    },
    async clear() {
      for (const page of opened.splice(0)) await page.context().close();
      complaints.length = 0;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};

export const composer = (page: Page) => page.locator('#composer');

export const say = async (page: Page, text: string): Promise<void> => {
  await composer(page).fill(text);
  await composer(page).press('Enter');
};

/** What is shown as said and stored, from top to bottom. */
export const shown = (page: Page): Promise<string[]> =>
  page.locator('.message:not(.pending) .text').allTextContents();

export const note = (page: Page, text: string) => page.locator('.note', { hasText: text });

export const shoot = async (page: Page, name: string): Promise<void> => {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`) });
};
