import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useFixture } from './fixture.ts';
import { composer, say, shoot, shown } from './stage.ts';

const fixture = useFixture();
const { open: openPage, enter } = fixture;
const enterChinese = async (nick: string): Promise<Page> => {
  const page = await openPage({ locale: 'zh-CN' });
  await page.getByLabel('昵称').fill(nick);
  await page.keyboard.press('Enter');
  await page.getByRole('log').waitFor();
  return page;
};
const told = (room = 'lobby'): string[] =>
  (fixture.server.logs.get(room) ?? []).map((event) =>
    'message' in event ? event.message : 'text' in event ? event.text : '',
  );

const MINUTE = 60_000;

/** A room with a life of its own. */
const populate = (): void => {
  const now = Date.now();
  const day = 24 * 60 * MINUTE;
  for (const nick of ['ada', 'Grace', '小明', 'linus_t', 'bob', 'ёжик'])
    fixture.server.presence('joined', nick);
  fixture.server.say('ada', 'Morning! The new gateway is up on port 7002.', 'lobby', now - day);
  fixture.server.say('Grace', 'Nice. Which dialects?', 'lobby', now - day + MINUTE);
  fixture.server.say('ada', 'text and json for now', 'lobby', now - day + 2 * MINUTE);
  fixture.server.say(
    'ada',
    'irc is next, see https://modern.ircdocs.horse/ (worth a read).',
    'lobby',
    now - day + 3 * MINUTE,
  );
  fixture.server.topic('ada', 'Release 0.1 on Friday · notes at https://example.org/notes');
  fixture.server.say('小明', '大家好，我用 nc 连上来了。', 'lobby', now - 30 * MINUTE);
  fixture.server.say(
    'linus_t',
    'const line = "still here";\nif (line) {\n  talk();\n}',
    'lobby',
    now - 20 * MINUTE,
  );
  fixture.server.say(
    'bob',
    'eve: did you see the numbers from last night?',
    'lobby',
    now - 5 * MINUTE,
  );
};

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the lobby is shown with its history, people and topic (${colorScheme})`, async () => {
    populate();
    const welcome = await openPage({ colorScheme });
    await shoot(welcome, `welcome-${colorScheme}`);
    const page = await enter('eve', { colorScheme });
    await page.getByText('did you see the numbers').waitFor();
    fixture.server.presence('joined', 'carol');
    fixture.server.presence('left', 'bob');
    fixture.server.whisper('ada', 'eve', 'psst, lunch?');
    fixture.server.typing('Grace');
    await page.getByText('Grace is typing').waitFor();
    await say(page, 'Looking at them now. Better than I hoped!');
    await say(page, '/help');
    fixture.server.setDeaf(true);
    await say(page, 'This one is on its way');
    await page.locator('.pending').waitFor();
    await shoot(page, `lobby-${colorScheme}`);
    expect(
      await page.getByRole('complementary', { name: 'People' }).getByRole('listitem').count(),
    ).toBe(7);
    expect(await page.getByRole('link', { name: 'https://modern.ircdocs.horse/' }).count()).toBe(1);
  });
}

test('a taken nickname is refused kindly, and another one lets in', async () => {
  fixture.server.presence('joined', 'ada');
  const page = await openPage();
  await page.getByLabel('Nickname').fill('ada');
  await page.keyboard.press('Enter');
  await page.getByText('That nickname is taken').waitFor();
  await page.getByLabel('Nickname').fill('eve');
  await page.keyboard.press('Enter');
  await page.getByRole('log').waitFor();
});

test('what is said shows at once, and once only when it is stored', async () => {
  const page = await enter('eve');
  await say(page, 'first');
  await say(page, '<b>second</b> & more');
  await expect.poll(() => shown(page)).toEqual(['first', '<b>second</b> & more']);
  expect(await page.locator('.pending').count()).toBe(0);
  expect(told()).toEqual(['first', '<b>second</b> & more']);
});

test('a broken connection is resumed: what was missed comes, what was said is said once', async () => {
  const page = await enter('eve');
  await say(page, 'before');
  await expect.poll(() => told()).toEqual(['before']);
  fixture.server.setDeaf(true);
  await say(page, 'stored but unanswered');
  await expect.poll(() => told().length).toBe(2);
  fixture.server.setAway(true);
  fixture.server.cut();
  await page.getByRole('status').filter({ hasText: /./ }).waitFor();
  fixture.server.setDeaf(false);
  fixture.server.say('ada', 'while you were away');
  await say(page, 'said while away');
  fixture.server.setAway(false);
  await expect
    .poll(() => shown(page), { timeout: 20_000 })
    .toEqual(['before', 'stored but unanswered', 'while you were away', 'said while away']);
  expect(told()).toEqual([
    'before',
    'stored but unanswered',
    'while you were away',
    'said while away',
  ]);
  await expect.poll(() => page.locator('.banner[data-shown=true]').count()).toBe(0);
});

test('a reload goes on where the page was', async () => {
  const page = await enter('eve');
  await say(page, 'before the reload');
  await expect.poll(() => told()).toEqual(['before the reload']);
  await page.reload();
  await page.getByText('before the reload').waitFor();
  expect(await page.getByLabel('Nickname').count()).toBe(0);
  await say(page, 'after it');
  await expect.poll(() => shown(page)).toEqual(['before the reload', 'after it']);
});

test('older messages are loaded, none twice', async () => {
  for (let n = 1; n <= 130; n++) fixture.server.say('ada', `message ${n}`);
  const page = await enter('eve');
  await page.getByText('message 130', { exact: true }).waitFor();
  await expect
    .poll(
      async () => {
        const older = page.getByRole('button', { name: 'Show older messages' });
        if ((await older.count()) > 0) await older.click({ timeout: 500 }).catch(() => {});
        return (await shown(page)).length;
      },
      { timeout: 20_000 },
    )
    .toBe(130);
  expect(await shown(page)).toEqual(Array.from({ length: 130 }, (_, n) => `message ${n + 1}`));
});

test('everything can be done by keyboard: rooms, private messages, and back', async () => {
  fixture.server.presence('joined', 'ada');
  const page = await enter('eve');
  await say(page, '/join ops');
  await page.getByPlaceholder('Message #ops').waitFor();
  await say(page, 'in ops');
  await expect.poll(() => told('ops')).toEqual(['in ops']);
  await say(page, '/msg ada psst');
  await page.getByPlaceholder('Message ada').waitFor();
  await expect.poll(() => shown(page)).toEqual(['psst']);
  await page.keyboard.press('Alt+ArrowUp');
  await page.getByPlaceholder('Message #ops').waitFor();
  fixture.server.say('ada', 'meanwhile in the lobby');
  await page.locator('.badge').first().waitFor();
});

test('a message is answered, edited, reacted to and taken back, by mouse and by keyboard', async () => {
  fixture.server.say('ada', 'shall we have tea?');
  const page = await enter('eve');
  const row = (text: string) => page.locator('.message:not(.pending)', { hasText: text });
  const act = async (text: string, name: string): Promise<void> => {
    await row(text).last().hover();
    await row(text).last().getByLabel('Actions for this message').click();
    await row(text).last().getByRole('button', { name, exact: true }).click();
  };
  await act('shall we have tea?', 'Reply');
  await page.getByText('Replying to ada: shall we have tea?').waitFor();
  await say(page, 'yse');
  await page.getByRole('button', { name: 'Go to the message by ada' }).click();
  await expect.poll(() => page.evaluate('document.activeElement?.matches(".message")')).toBe(true);
  expect(await page.evaluate('document.activeElement?.textContent')).toContain(
    'shall we have tea?',
  );

  await row('yse').last().locator('summary').focus();
  await page.keyboard.press('Enter');
  await row('yse').last().getByRole('button', { name: 'Edit', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => composer(page).inputValue()).toBe('yse');
  await say(page, 'yes');
  await row('yes(edited)').or(row('yes (edited)')).last().waitFor();

  await act('yes', 'React 🎉');
  const chip = page.locator('.reactions button');
  await expect.poll(() => chip.allTextContents()).toEqual(['🎉 1']);
  await shoot(page, 'references');
  await chip.click();
  await expect.poll(() => chip.count()).toBe(0);

  await act('yes', 'Take back');
  await page.getByText('taken back', { exact: true }).waitFor();
  expect(fixture.server.logs.get('lobby')?.map((event) => event.type)).toEqual([
    ...['broadcast', 'broadcast', 'edit', 'react', 'unreact', 'delete'],
  ]);
});

test('what services and bots answer is completed and listed beside the page’s own commands', async () => {
  const page = await enter('eve');
  await composer(page).pressSequentially('/ro');
  await page.getByRole('option', { name: '/rooms' }).waitFor();
  await page.getByRole('option', { name: '/roll [DICE] roll dice' }).click();
  expect(await composer(page).inputValue()).toBe('/roll ');
  await say(page, '/help');
  await page.getByText('/roll [DICE] — roll dice').waitFor();
});

test('a kick is told, and does not come back by itself', async () => {
  const page = await enter('eve');
  fixture.server.kick('eve');
  await page.getByText('You were removed by the operator.').waitFor();
  await page.getByRole('button', { name: 'Enter again' }).click();
  await expect.poll(() => page.locator('.banner[data-shown=true]').count()).toBe(0);
});

test('letters under a pile of marks stay where they are said', async () => {
  fixture.server.say('ada', `z${'\u0300\u0323'.repeat(2_000)}algo \u202eesrever`);
  fixture.server.say('bob', 'below it');
  const page = await enter('eve');
  const below = page.getByText('below it', { exact: true });
  await below.waitFor();
  const isOnTop = await below.evaluate((it) => {
    const { left, top } = it.getBoundingClientRect();
    return it.contains(document.elementFromPoint(left + 4, top + 8));
  });
  expect(isOnTop).toBe(true);
  const height = (await page.locator('.message').first().boundingBox())?.height ?? 0;
  expect(height).toBeLessThan(120);
  await shoot(page, 'marks');
});

test('fits a phone', async () => {
  populate();
  const page = await enter('eve', { viewport: { width: 390, height: 780 }, isMobile: true });
  await page.getByText('did you see the numbers').waitFor();
  await shoot(page, 'phone');
  const width = await page.evaluate('document.documentElement.scrollWidth');
  expect(width).toBeLessThanOrEqual(390);
  await page.getByRole('button', { name: 'Show people' }).click();
  await page
    .getByRole('complementary', { name: 'People' })
    .getByText('Grace', { exact: true })
    .waitFor();
});

test('the page speaks Chinese to those who do', async () => {
  const page = await enterChinese('小明');
  await say(page, '/help');
  await page.getByText('命令：').waitFor();
  await page.getByRole('button', { name: '账户与设置' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('语言').selectOption('en');
  await dialog.getByRole('heading', { name: 'You and this page' }).waitFor();
  await page.reload();
  await page.getByPlaceholder('Message #lobby').waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
});
