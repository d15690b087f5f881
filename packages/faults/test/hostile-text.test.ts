import { composer, say, shoot, shown } from '@partyline/web/testing';
import { expect, test } from 'vitest';
import { goTo, useBrowsers } from './browsers.ts';

const browsers = useBrowsers();
const { called, enter, terminal } = browsers;

const RIGHT_TO_LEFT = '\u202e';
const MARK = '\u0301';

/** Somebody in a browser and two with nc, in a room of their own. */
const meet = async () => {
  const room = called('den');
  const page = await enter(called('ada'));
  await goTo(page, room);
  const bob = called('bob');
  const [nc, other] = [await terminal(bob), await terminal(called('eve'))];
  for (const it of [nc, other]) {
    it.type(`/join ${room}`);
    await expect.poll(it.heard).toContain(`#${room}`);
  }
  return { page, nc, other, bob, room };
};

test('markup is shown as it was written, wherever it is shown, and runs nothing', async () => {
  const { page, nc, room } = await meet();
  const markup = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
  nc.type(markup);
  nc.type(`/topic ${markup}`);
  await expect.poll(() => shown(page)).toEqual([markup]);
  await page.locator('.header').getByText(markup).waitFor();
  await page.locator('.message').last().hover();
  await page.locator('.message').last().getByLabel('Actions for this message').click();
  await page.getByRole('button', { name: 'Reply' }).click();
  await page.getByText(`Replying to`).waitFor();
  await say(page, 'no');
  await page.locator('.quote').waitFor();
  expect(await page.locator('.talk script, .talk [onerror]').count()).toBe(0);
  expect(await page.title()).not.toContain('owned');

  const transcript = await browsers.stage.open(`${browsers.url}r/${room}`);
  await transcript.getByText(markup).first().waitFor();
  expect(await transcript.locator('main script, main [onerror]').count()).toBe(0);
});

test('who turns the direction of writing turns their own words only, and nobody’s on a terminal', async () => {
  const { page, nc, other, bob } = await meet();
  nc.type(`${RIGHT_TO_LEFT}live`);
  nc.type('plain');
  await expect.poll(() => shown(page)).toEqual([`${RIGHT_TO_LEFT}live`, 'plain']);
  await expect.poll(other.heard).toContain(`${bob}:live`);
  expect(other.heard()).not.toContain(RIGHT_TO_LEFT);
  // The name stands left of the time, as ever.
  const [name, time] = [page.locator('.nick').first(), page.locator('.message time').first()];
  const [left = 0, right = 0] = [(await name.boundingBox())?.x, (await time.boundingBox())?.x];
  expect(left).toBeLessThan(right);
});

test('a million marks on a letter are not said, and who sent them talks on', async () => {
  const { page, nc } = await meet();
  nc.type(`z${MARK.repeat(1_000_000)}`);
  await expect.poll(nc.heard).toContain('A line has at most 32768 bytes.');
  nc.type('still here');
  await expect.poll(() => shown(page)).toEqual(['still here']);
});

test('as many marks as may be said stay where they are said', async () => {
  const { page, nc } = await meet();
  nc.type(`z${MARK.repeat(7_999)}`);
  nc.type('below it');
  await page.getByText('below it', { exact: true }).waitFor();
  const height = (await page.locator('.message').first().boundingBox())?.height ?? 0;
  expect(height).toBeLessThan(120);
  await shoot(page, 'many-marks');
});

test('a million marks that are pasted are cut to what may be said', async () => {
  const { page } = await meet();
  await page.evaluate(
    `(() => {
      const area = document.querySelector('#composer');
      area.focus();
      document.execCommand('insertText', false, 'z' + '${MARK}'.repeat(1_000_000));
    })()`,
  );
  const written = await composer(page).inputValue();
  expect(written.length).toBeLessThanOrEqual(8_000);
  await composer(page).press('Enter');
  await say(page, 'still here');
  await expect.poll(() => shown(page), { timeout: 15_000 }).toEqual([written, 'still here']);
});
