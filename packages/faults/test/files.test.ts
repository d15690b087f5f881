import { randomBytes } from 'node:crypto';
import { note, say, shoot } from '@partyline/web/testing';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { goTo, useBrowsers } from './browsers.ts';

const browsers = useBrowsers({ PARTYLINE_FILE_BYTES: '3000000' });
const { called, enter, terminal } = browsers;

type Given = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

const bytes = (name: string, size: number): Given => ({
  ...{ name, mimeType: 'application/octet-stream' },
  buffer: randomBytes(size),
});

/** A picture that a page draws. */
const picture = async (page: Page, name: string, width = 640, height = 360): Promise<Given> => {
  const data = await page.evaluate(
    `(() => {
      const it = Object.assign(document.createElement('canvas'), { width: ${width}, height: ${height} });
      const draw = it.getContext('2d');
      const sky = draw.createLinearGradient(0, 0, 0, it.height);
      sky.addColorStop(0, '#2b6f77');
      sky.addColorStop(1, '#f2d083');
      draw.fillStyle = sky;
      draw.fillRect(0, 0, it.width, it.height);
      draw.fillStyle = '#123';
      draw.fillRect(0, it.height * 0.7, it.width, it.height * 0.3);
      return it.toDataURL('image/png').split(',')[1];
    })()`,
  );
  return { name, mimeType: 'image/png', buffer: Buffer.from(String(data), 'base64') };
};

/** Hands files to the page as a drop or a paste does. */
const give = (page: Page, how: 'drop' | 'paste', files: readonly Given[]): Promise<void> => {
  const given = files.map(({ buffer, ...it }) => ({ ...it, base64: buffer.toString('base64') }));
  return page.evaluate(`(() => {
    const transfer = new DataTransfer();
    for (const { name, mimeType, base64 } of ${JSON.stringify(given)}) {
      const content = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
      transfer.items.add(new File([content], name, { type: mimeType }));
    }
    const how = { bubbles: true, cancelable: true };
    if (${how === 'paste'})
      document.querySelector('#composer').dispatchEvent(
        new ClipboardEvent('paste', { ...how, clipboardData: transfer }),
      );
    else
      for (const type of ['dragenter', 'dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { ...how, dataTransfer: transfer }));
  })()`);
};

const choose = async (page: Page, files: readonly Given[]): Promise<void> => {
  const asked = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Share files' }).click();
  await (await asked).setFiles([...files]);
};

/** Has a page send no faster than this. */
const slowDown = async (page: Page, bytesPerSecond: number): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytesPerSecond },
  });
};

const tray = (page: Page) => page.getByRole('list', { name: 'Files on their way' });
const card = (page: Page, name: string) => page.locator('.file', { hasText: name });
/** The file behind a card, as the page gets it. */
const download = async (page: Page, name: string): Promise<Buffer> => {
  const href = await card(page, name).locator('.file-name').getAttribute('href');
  return (await page.request.get(new URL(href ?? '', browsers.url).href)).body();
};

test('files are shared by drop, paste and button, several at once, and told on every wire', async () => {
  const [ada, eve, bob] = [called('ada'), called('eve'), called('bob')];
  const [one, two] = [await enter(ada), await enter(eve)];
  const nc = await terminal(bob);
  const photo = await picture(one, 'photo of it.png');
  const log = bytes('run.bin', 5_000);
  await give(one, 'drop', [photo, log]);
  await give(one, 'paste', [{ ...photo, name: 'pasted.png' }]);
  await choose(one, [{ name: '说明.txt', mimeType: 'text/plain', buffer: Buffer.from('read me') }]);
  for (const page of [one, two]) {
    for (const name of ['photo of it.png', 'run.bin', 'pasted.png', '说明.txt'])
      await card(page, name).waitFor();
    await expect.poll(() => tray(page).count()).toBe(0);
  }
  await expect.poll(nc.heard).toMatch(new RegExp(`${ada}:run\\.bin \\(5\\.0 kB\\) http\\S+/f/`));
  expect(await download(two, 'run.bin')).toEqual(log.buffer);

  const image = card(two, 'photo of it.png').locator('img');
  await expect
    .poll(() => two.evaluate(`document.querySelector('.file img').naturalWidth`))
    .toBe(640);
  expect(await image.boundingBox()).toMatchObject({ width: 400, height: 225 });
  await shoot(two, 'files');
});

test('a file for one person is seen by them alone', async () => {
  const [ada, eve] = [called('ada'), called('eve')];
  const [one, two] = [await enter(ada), await enter(eve)];
  await say(one, `/msg ${eve}`);
  await one.getByPlaceholder(`Message ${eve}`).waitFor();
  await give(one, 'drop', [bytes('secret.bin', 300)]);
  await card(one, 'secret.bin').waitFor();
  expect(await card(two, 'secret.bin').count()).toBe(0);
  await two.getByRole('button', { name: ada }).first().click();
  await card(two, 'secret.bin').waitFor();
});

test('an upload goes on where it was after the service that takes it, the gateway and chat-core were killed', async () => {
  const ada = called('ada');
  const page = await enter(ada);
  const file = bytes('large.bin', 2_000_000);
  await slowDown(page, 400_000);
  await choose(page, [file]);
  const sent = async (): Promise<number> =>
    Number(await tray(page).getByRole('progressbar').getAttribute('value'));
  await expect.poll(sent, { timeout: 15_000 }).toBeGreaterThan(600_000);
  await browsers.http.kill();
  await tray(page).getByText('goes on when the connection is back').waitFor();
  await shoot(page, 'upload-paused');
  const before = await sent();
  expect(before).toBeGreaterThan(300_000);
  await browsers.http.start();
  await expect.poll(sent, { timeout: 25_000 }).toBeGreaterThan(before);

  await browsers.system.ws.process.kill();
  await browsers.system.core.kill();
  await page.getByText('Reconnecting…').waitFor();
  await slowDown(page, -1);
  await tray(page).getByText('almost there').waitFor();
  await browsers.system.core.start();
  await browsers.system.ws.process.start();
  await card(page, 'large.bin').waitFor({ timeout: 40_000 });
  expect(await card(page, 'large.bin').count()).toBe(1);
  expect((await download(page, 'large.bin')).equals(file.buffer)).toBe(true);
  await expect.poll(() => tray(page).count()).toBe(0);
}, 120_000);

test('what is too large, empty or not allowed is told kindly, and can be put away', async () => {
  const page = await enter(called('ada'));
  await give(page, 'drop', [bytes('film.mkv', 3_200_000), bytes('nothing.txt', 0)]);
  await tray(page).getByText('It has 3.2 MB; up to 3 MB can be shared here.').waitFor();
  await tray(page).getByText('The file is empty.').waitFor();
  await shoot(page, 'upload-refused');
  for (const name of ['film.mkv', 'nothing.txt'])
    await page.getByRole('button', { name: `Put away the notice about ${name}` }).click();
  await expect.poll(() => tray(page).count()).toBe(0);
});

test('an upload is given up by a press, and nothing is told', async () => {
  const page = await enter(called('ada'));
  await goTo(page, called('den'));
  await slowDown(page, 100_000);
  await choose(page, [bytes('wrong.bin', 1_000_000)]);
  await tray(page).getByText('of 1 MB').waitFor();
  await page.getByRole('button', { name: 'Don’t share wrong.bin' }).click();
  await expect.poll(() => tray(page).count()).toBe(0);
  await slowDown(page, -1);
  await choose(page, [bytes('right.bin', 100)]);
  await card(page, 'right.bin').waitFor();
  expect(await card(page, 'wrong.bin').count()).toBe(0);
});

test('who may not speak in a room may share nothing there, and is told why', async () => {
  const [ada, eve] = [called('ada'), called('eve')];
  const room = called('den');
  const owner = await enter(ada);
  await goTo(owner, room);
  const member = await enter(eve);
  await goTo(member, room);
  await say(owner, `/mute ${eve} 10 too loud`);
  await note(owner, `${eve} can’t speak`).waitFor();
  await give(member, 'drop', [bytes('song.mp3', 100)]);
  await tray(member).getByText('too loud').waitFor();
});
