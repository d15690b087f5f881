import { composer, say, shoot, shown } from '@partyline/web/testing';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { freePorts } from '../src/index.ts';
import { goTo, useBrowsers } from './browsers.ts';

const browsers = useBrowsers();
const { called, enter, terminal } = browsers;

const row = (page: Page, text: string) =>
  page.locator('.message:not(.pending)', { hasText: text }).last();

const act = async (page: Page, text: string, name: string): Promise<void> => {
  await row(page, text).hover();
  await row(page, text).getByLabel('Actions for this message').click();
  await row(page, text).getByRole('button', { name, exact: true }).click();
};

const waits = { timeout: 25_000 };

test('replies, edits, reactions and what is taken back are seen by all, though everything is killed in between', async () => {
  const [ada, eve, bob] = [called('ada'), called('eve'), called('bob')];
  const room = called('den');
  const [one, two] = [await enter(ada), await enter(eve)];
  for (const page of [one, two]) await goTo(page, room);
  const nc = await terminal(bob);
  nc.type(`/join ${room}`);
  nc.type('shall we have tea?');
  await row(one, 'shall we have tea?').waitFor();

  await act(one, 'shall we have tea?', 'Reply');
  await say(one, 'yse');
  await row(two, 'yse')
    .getByRole('button', { name: `Go to the message by ${bob}` })
    .waitFor();

  await browsers.system.core.kill();
  await composer(one).press('ArrowUp');
  await expect.poll(() => composer(one).inputValue()).toBe('yse');
  await browsers.system.core.start();
  await say(one, 'yes');
  await expect.poll(() => row(two, 'yes').textContent(), waits).toContain('(edited)');

  await browsers.system.ws.process.kill();
  await two.getByText('Reconnecting…').waitFor();
  nc.type('the kettle is on');
  await browsers.system.ws.process.start();
  for (const page of [one, two]) await row(page, 'the kettle is on').waitFor();
  await act(two, 'the kettle is on', 'React 🎉');
  await row(one, 'the kettle is on')
    .getByRole('button', { name: `🎉 1: ${eve}` })
    .waitFor();
  await act(one, 'yes', 'Take back');
  await two.getByText('taken back', { exact: true }).waitFor();
  await expect.poll(nc.heard).toContain('🎉');
  expect(await shown(one)).toEqual(await shown(two));
}, 90_000);

test('who types is shown to others, and no longer once it is said', async () => {
  const [ada, eve] = [called('ada'), called('eve')];
  const [one, two] = [await enter(ada), await enter(eve)];
  const room = called('den');
  for (const page of [one, two]) await goTo(page, room);
  await composer(one).pressSequentially('hm');
  await two.getByText(`${ada} is typing…`).waitFor();
  await composer(one).press('Enter');
  await row(two, 'hm').waitFor();
  await expect.poll(() => two.getByText(`${ada} is typing…`).count()).toBe(0);
});

test('an answer of /dns is a table in browsers, and lines on a terminal', async () => {
  const [port = 0] = await freePorts(1);
  const probe = await browsers.system.start('dns-probe', {
    PARTYLINE_DNS_HOST: '127.0.0.1',
    PARTYLINE_DNS_PORT: `${port}`,
    PARTYLINE_DNS_SERVERS: '127.0.0.1:1',
    PARTYLINE_DNS_TIMEOUT_MS: '200',
    PARTYLINE_DNS_PRIVATE: 'show',
  });
  const room = called('den');
  const page = await enter(called('ada'));
  await goTo(page, room);
  const nc = await terminal(called('bob'));
  nc.type(`/join ${room}`);
  await say(page, '/dns localhost');
  const table = page.getByRole('table', { name: 'localhost' });
  await table
    .getByRole('row', { name: /^system/ })
    .getByText('127.0.0.1')
    .waitFor();
  await shoot(page, 'dns');
  await expect.poll(nc.heard).toContain('dns:localhost system: ');
  await probe.kill();
});
