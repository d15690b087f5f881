import { expect, test } from 'vitest';
import { useBrowsers } from './browsers.ts';

const browsers = useBrowsers();

test('an entry in the guestbook, made in a browser without scripts, is told in a terminal', async () => {
  const nc = await browsers.terminal(browsers.called('cleo'));
  const { stage, url } = browsers;
  const page = await stage.open(`${url}guestbook`, { javaScriptEnabled: false });
  await page.getByLabel('Name').fill('Dora');
  await page.getByLabel('Your words').fill('see <b>https://example.org/</b>');
  await page.getByRole('button', { name: 'Sign the guestbook' }).click();
  await page.getByText('Thank you. Your entry is number 1.').waitFor();
  const link = page.getByRole('link', { name: 'https://example.org/' });
  expect(await link.getAttribute('rel')).toContain('nofollow');
  await expect
    .poll(nc.heard)
    .toContain('guestbook:Dora wrote in the guestbook: see <b>https://example.org/</b>');
});
