import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useFixture } from './fixture.ts';
import { say } from './stage.ts';

const fixture = useFixture();

/** Fills the lobby's log with messages of one to four lines. */
const fill = (count: number): void => {
  const day = 24 * 3_600_000;
  const began = Date.now() - 30 * day;
  for (let n = 1; n <= count; n++) {
    const text = Array.from({ length: 1 + (n % 4) }, () => `message ${n}`).join('\n');
    fixture.server.say(`p${n % 7}`, text, 'lobby', began + Math.floor((n / count) * 30 * day));
  }
};

/** Where a message that can be seen stands, in pixels from the top of the list. */
const topOf = (page: Page, seq: number): Promise<number> =>
  page.locator(`#event-${seq}`).evaluate((it) => it.getBoundingClientRect().top);

/** The number of the first message that can be seen. */
const firstSeen = (page: Page): Promise<number> =>
  page.evaluate(`(() => {
    const top = document.getElementById('messages').getBoundingClientRect().top;
    const seen = [...document.querySelectorAll('.message')].find(
      (it) => it.getBoundingClientRect().top >= top,
    );
    return Number(seen.id.replace('event-', ''));
  })()`);

const scrollTo = (page: Page, top: number): Promise<void> =>
  page.evaluate(`document.getElementById('messages').scrollTop = ${top}`);

const rowsHere = (page: Page): Promise<number> => page.locator('.message').count();

test('a log of 100,000 messages is scrolled through without a jump, in bounded memory', async () => {
  fill(100_000);
  const page = await fixture.enter('eve');
  await page.locator('#event-100000').waitFor();
  for (let pages = 0; pages < 12; pages++) {
    await expect.poll(() => firstSeen(page)).toBeGreaterThan(0);
    await scrollTo(page, 300);
    const seq = await firstSeen(page);
    const before = await topOf(page, seq);
    // Another page comes above.
    await page.locator(`#event-${seq - 40}`).waitFor({ state: 'attached' });
    expect(Math.abs((await topOf(page, seq)) - before)).toBeLessThan(2);
    expect(await rowsHere(page)).toBeLessThan(800);
  }
  expect(await firstSeen(page)).toBeLessThan(99_300);
  // And back down: what was dropped comes again.
  await expect
    .poll(
      async () => {
        await scrollTo(page, 1_000_000);
        return page.locator('#event-100000').count();
      },
      { timeout: 30_000 },
    )
    .toBe(1);
  expect(await rowsHere(page)).toBeLessThan(800);
  fixture.server.say('ada', 'and it goes on');
  await page.getByText('and it goes on', { exact: true }).waitFor();
}, 90_000);

test('what comes live does not move who reads further up', async () => {
  fill(300);
  const page = await fixture.enter('eve');
  await page.locator('#event-300').waitFor();
  await scrollTo(page, 2_000);
  const seq = await firstSeen(page);
  const before = await topOf(page, seq);
  for (let n = 0; n < 700; n++) fixture.server.say('ada', `live ${n}`);
  await page.getByRole('button', { name: '700 new' }).waitFor();
  expect(Math.abs((await topOf(page, seq)) - before)).toBeLessThan(2);
  expect(await rowsHere(page)).toBeLessThan(800);
  await page.getByRole('button', { name: '700 new' }).click();
  await page.getByText('live 699', { exact: true }).waitFor();
  await expect.poll(() => page.locator('.to-end').count()).toBe(0);
});

test('who comes back to a conversation sees its end, wherever they read before', async () => {
  fill(1_200);
  const page = await fixture.enter('eve');
  await page.locator('#event-1200').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByLabel('Go to a day').fill('2001-01-01');
  await page.getByRole('dialog').getByRole('button', { name: 'Go' }).click();
  await page.locator('#event-1:focus').waitFor();
  await say(page, '/join ops');
  await page.getByPlaceholder('Message #ops').waitFor();
  await page.getByRole('button', { name: 'lobby' }).first().click();
  await page.locator('#event-1200').waitFor();
  await expect.poll(() => page.locator('.to-end').count()).toBe(0);
});

test('who comes back finds the first unread message, however much was said', async () => {
  fill(50);
  const page = await fixture.enter('eve');
  await page.locator('#event-50').waitFor();
  await say(page, '/join ops');
  await page.getByPlaceholder('Message #ops').waitFor();
  for (let n = 0; n < 900; n++) fixture.server.say('ada', `live ${n}`);
  await page.getByText('900 unread').waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'lobby' }).first().click();
  await page.getByRole('button', { name: 'Go to the first unread message' }).click();
  await page.locator('.message:focus', { hasText: 'live 0' }).waitFor();
});

test('what was changed long after it was said is shown as it is now, wherever one goes', async () => {
  fill(1_000);
  fixture.server.edit('p3', 3, 'message 3, put right');
  fill(1_000);
  const page = await fixture.enter('eve');
  await page.locator('#event-2001').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByLabel('Go to a day').fill('2001-01-01');
  await page.getByRole('dialog').getByRole('button', { name: 'Go' }).click();
  await page.locator('#event-3', { hasText: 'message 3, put right (edited)' }).waitFor();
});

test('a day is gone to by its date', async () => {
  fill(2_000);
  const page = await fixture.enter('eve');
  await page.locator('#event-2000').waitFor();
  await page.keyboard.press('Control+k');
  const date = new Date(Date.now() - 10 * 24 * 3_600_000);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((it) => `${it}`.padStart(2, '0'))
    .join('-');
  await page.getByRole('dialog').getByLabel('Go to a day').fill(day);
  await page.getByRole('dialog').getByRole('button', { name: 'Go' }).click();
  await page.locator('.message:focus', { hasText: /^.{0,20}message 1[23]\d\d/s }).waitFor();
});

test('messages are gone through by keys, to what can be done about them', async () => {
  for (const text of ['one', 'two', 'three']) fixture.server.say('ada', text);
  const page = await fixture.enter('eve');
  await page.getByText('three').waitFor();
  await page.locator('#messages').focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.locator('.message:focus', { hasText: 'two' }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('.reactions button').allTextContents()).toEqual(['❤️ 1']);
});

test('marks are shown as what they mean, and markup as text', async () => {
  const page = await fixture.enter('eve');
  const text =
    '**so** `a < b` <script>alert(1)</script> <img src=x onerror=alert(1)>\n```js\n1 < 2\n```';
  await say(page, text);
  await expect.poll(() => page.locator('.text strong').allTextContents()).toEqual(['so']);
  expect(await page.locator('.text :not(pre) > code').allTextContents()).toEqual(['a < b']);
  expect(await page.locator('.text pre').textContent()).toBe('1 < 2');
  expect(await page.locator('.text script, .text img').count()).toBe(0);
});
