import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { dnsCard, dnsChangeCard } from './cards.ts';
import { useFixture } from './fixture.ts';
import { composer, say, shoot } from './stage.ts';

const fixture = useFixture();

let axe: string;
beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});

type Violation = { id: string; nodes: { html: string; failureSummary: string }[] };

/** What axe finds against WCAG 2.2 AA, as one line each. */
const violations = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe);
  const found = (await page.evaluate(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((it) => it.violations)`,
  )) as Violation[];
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
};

/** One file that is on its way, and one that is refused. */
const giveFiles = `(() => {
  const transfer = new DataTransfer();
  transfer.items.add(new File(['on its way'], 'notes.txt'));
  transfer.items.add(new File(['x'.repeat(2_000)], 'film.mkv'));
  const drop = { dataTransfer: transfer, bubbles: true, cancelable: true };
  document.body.dispatchEvent(new DragEvent('drop', drop));
})()`;

const widths = { wide: 1400, middle: 900, narrow: 390 };

/** Something of everything that a room can show. */
const furnish = (): void => {
  const { server } = fixture;
  for (const nick of ['ada', 'bob', 'Grace']) server.presence('joined', nick);
  server.topic('ada', 'Tea at four · https://example.org/tea');
  server.say('ada', 'Morning! **Look**: `npm start`, and https://example.org/notes');
  server.say('ada', '```ts\nconst tea = await brew({ cups: 4 });\n```\n> who said that?\nI did.');
  server.say('bob', '@eve: did you see the numbers?', 'lobby', Date.now(), ['eve']);
  const file = { name: 'tea.png', type: 'image/png', bytes: 12_345, url: 'http://h/f/1/tea.png' };
  server.share('bob', { ...file, picture: { width: 320, height: 180 } }, 'the kitchen now');
  server.share('bob', { ...file, name: 'recipe.pdf', bytes: 2_345_678 });
  server.tell('dns', 'tea.example …', dnsCard);
  server.tell('dns', 'ws-gateway has changed', dnsChangeCard);
  server.say('Grace', 'Not yet, *soon*.');
};

for (const colorScheme of ['light', 'dark'] as const)
  for (const [name, width] of Object.entries(widths))
    test(`everybody can use the page (${colorScheme}, ${name})`, async () => {
      furnish();
      const options = { colorScheme, viewport: { width, height: 780 }, isMobile: width < 500 };
      const welcome = await fixture.open(options);
      expect(await violations(welcome)).toEqual([]);
      await shoot(welcome, `access-welcome-${colorScheme}-${name}`);
      const page = await fixture.enter('eve', options);
      await page.getByText('Not yet').waitFor();
      fixture.server.presence('joined', 'carol');
      fixture.server.whisper('ada', 'eve', 'psst');
      await say(page, 'refuse me');
      await page.locator('.refused').waitFor();
      await page.evaluate(giveFiles);
      await page.getByText('up to 1 kB can be shared here').waitFor();
      await page.getByRole('progressbar').waitFor();
      await page.locator('#event-2').focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await page.locator('.reactions button').waitFor();
      await shoot(page, `access-chat-${colorScheme}-${name}`);
      expect(await violations(page)).toEqual([]);

      await composer(page).fill('/');
      await page.getByRole('listbox').waitFor();
      expect(await violations(page)).toEqual([]);
      await shoot(page, `access-completion-${colorScheme}-${name}`);
      await composer(page).fill('');

      const dialogs = ['Find', 'About this room'];
      for (const dialog of dialogs) {
        await page.getByRole('button', { name: dialog, exact: true }).click();
        await page.getByRole('dialog').waitFor();
        expect(await violations(page)).toEqual([]);
        await shoot(page, `access-${dialog.split(' ')[0]}-${colorScheme}-${name}`);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
      if (width < 500) await page.getByRole('button', { name: 'Show rooms' }).click();
      await page.getByRole('button', { name: 'You and this page' }).click();
      await page.getByRole('dialog').waitFor();
      await page.getByText('Keep eve as yours').click();
      expect(await violations(page)).toEqual([]);
      await shoot(page, `access-you-${colorScheme}-${name}`);
    });
