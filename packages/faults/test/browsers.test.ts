import { composer, note, say, shoot, shown } from '@partyline/web/testing';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { goTo, useBrowsers } from './browsers.ts';

const browsers = useBrowsers();
const { called, enter, terminal } = browsers;

const aboutRoom = async (page: Page): Promise<Locator> => {
  await page.getByRole('button', { name: 'About this room' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Slow mode').waitFor();
  return dialog;
};
const aboutPerson = async (page: Page, nick: string): Promise<Locator> => {
  await page
    .getByRole('complementary', { name: 'People' })
    .getByText(nick, { exact: true })
    .click();
  return page.getByRole('dialog');
};

test('browsers and nc talk in one room, and lose nothing when chat-core and the gateway are killed', async () => {
  const [ada, eve, bob] = [called('ada'), called('eve'), called('bob')];
  const one = await enter(ada);
  const two = await enter(eve);
  const nc = await terminal(bob);
  await say(one, 'from a browser');
  await expect.poll(nc.heard).toContain(`${ada}:from a browser`);
  nc.type('from nc');
  for (const page of [one, two])
    await expect.poll(() => shown(page)).toEqual(['from a browser', 'from nc']);

  await browsers.system.core.kill();
  await say(one, 'while chat-core is away');
  nc.type('nc does not notice');
  await browsers.system.core.start();
  const after = ['from a browser', 'from nc', 'nc does not notice', 'while chat-core is away'];
  for (const page of [one, two])
    await expect.poll(async () => (await shown(page)).sort(), { timeout: 25_000 }).toEqual(after);

  await browsers.system.ws.process.kill();
  await one.getByText('Reconnecting…').waitFor();
  await say(one, 'while the gateway is away');
  nc.type('nc goes on');
  await browsers.system.ws.process.start();
  for (const page of [one, two]) {
    await expect
      .poll(async () => (await shown(page)).slice(4).sort(), { timeout: 25_000 })
      .toEqual(['nc goes on', 'while the gateway is away']);
    await expect.poll(() => page.locator('.banner[data-shown=true]').count()).toBe(0);
  }
  expect(await shown(one)).toEqual(await shown(two));
  expect(nc.heard()).not.toContain('Goodbye');
}, 90_000);

test('an owner mutes, puts out, bans and lets in again; the one concerned is told why', async () => {
  const [ada, eve] = [called('ada'), called('eve')];
  const room = called('den');
  const owner = await enter(ada);
  await goTo(owner, room);
  const member = await enter(eve);
  await goTo(member, room);

  let dialog = await aboutPerson(owner, eve);
  await dialog.getByRole('button', { name: 'Mute', exact: true }).click();
  await dialog.getByLabel('For how long').selectOption({ label: '10 minutes' });
  await dialog.getByLabel('Why (they are told)').fill('too loud');
  await shoot(owner, 'person');
  await dialog.getByRole('button', { name: `Mute ${eve}` }).click();
  await note(owner, `${eve} can’t speak in #${room} for 10 minutes.`).waitFor();
  await say(member, 'but I want to');
  await member.locator('.refused', { hasText: 'too loud' }).waitFor();

  dialog = await aboutPerson(owner, eve);
  await dialog.getByRole('button', { name: 'Unmute' }).click();
  await note(owner, `${eve} can speak in #${room} again.`).waitFor();
  await member.getByRole('button', { name: 'Send again' }).click();
  await expect.poll(() => shown(owner)).toEqual(['but I want to']);

  dialog = await aboutPerson(owner, eve);
  await dialog.getByRole('button', { name: 'Put out' }).click();
  await dialog.getByLabel('Why (they are told)').fill('closed for today');
  await dialog.getByRole('button', { name: `Put out ${eve}` }).click();
  await note(member, `You were put out of #${room}: closed for today`).waitFor();
  await goTo(member, room);

  dialog = await aboutPerson(owner, eve);
  await dialog.getByRole('button', { name: 'Ban', exact: true }).click();
  await dialog.getByLabel('For how long').selectOption({ label: 'until it is lifted' });
  await dialog.getByRole('button', { name: `Ban ${eve}` }).click();
  await note(owner, `${eve} is kept out of #${room} until it is lifted.`).waitFor();
  await say(member, `/join ${room}`);
  await note(member, `You are banned from room ${room}`).waitFor();

  dialog = await aboutRoom(owner);
  await dialog.getByRole('listitem').getByText(eve).waitFor();
  await shoot(owner, 'room');
  await dialog.getByRole('button', { name: `Unban ${eve}` }).click();
  await dialog.getByText('Nobody.').waitFor();
  await owner.keyboard.press('Escape');
  await goTo(member, room);
});

test('a moderator may do a moderator’s things, and a member is not offered any', async () => {
  const [ada, eve, bob] = [called('ada'), called('eve'), called('bob')];
  const room = called('den');
  const owner = await enter(ada);
  await goTo(owner, room);
  const moderator = await enter(eve);
  await goTo(moderator, room);
  const nc = await terminal(bob);
  nc.type(`/join ${room}`);
  nc.type('rude words');
  await expect.poll(() => shown(owner)).toEqual(['rude words']);

  let dialog = await aboutPerson(moderator, ada);
  await dialog.getByRole('button', { name: 'Mention' }).waitFor();
  expect(await dialog.getByRole('button', { name: 'Mute', exact: true }).count()).toBe(0);
  await moderator.keyboard.press('Escape');

  dialog = await aboutPerson(owner, eve);
  await dialog.getByLabel('Role in this room').selectOption('moderator');
  await owner.keyboard.press('Escape');
  await note(owner, `${eve} is now moderator of #${room}.`).waitFor();

  dialog = await aboutRoom(moderator);
  await dialog.getByText('You are moderator here.').waitFor();
  await dialog.getByLabel('Slow mode').selectOption({ label: 'one message in 15 seconds' });
  expect(await dialog.getByLabel('Who may come in').count()).toBe(0);
  await moderator.keyboard.press('Escape');
  await note(moderator, 'Slow mode in').waitFor();

  const rude = moderator.locator('.message', { hasText: 'rude words' });
  await rude.hover();
  await rude.getByLabel('Actions for this message').click();
  await rude.getByRole('button', { name: 'Take back' }).click();
  await owner.getByText('taken back', { exact: true }).waitFor();
  await expect.poll(nc.heard).toContain(`${eve} took away`);
});

test('a room is made private and read-only, and people are invited', async () => {
  const [ada, eve] = [called('ada'), called('eve')];
  const room = called('den');
  const owner = await enter(ada);
  const guest = await enter(eve);
  await goTo(owner, room);
  const dialog = await aboutRoom(owner);
  await dialog.getByLabel('Who may come in').selectOption('private');
  await dialog.getByLabel('Who may speak').selectOption('moderators');
  await owner.locator('.header').getByText('read-only').waitFor({ state: 'attached' });
  await say(guest, `/join ${room}`);
  await note(guest, 'has to invite you').waitFor();
  await dialog.getByLabel('Nickname', { exact: true }).fill(eve);
  await dialog.getByRole('button', { name: 'Invite', exact: true }).click();
  await note(guest, `${ada} invited you to #${room}`).waitFor();
  // Who only reads is not asked for a message, so there is no box that names the room.
  await say(guest, `/join ${room}`);
  await guest
    .locator('.header')
    .getByText('private', { exact: true })
    .waitFor({ state: 'attached' });
  await say(guest, 'may I?');
  await guest.locator('.refused').waitFor();
});

test('what was said is found by its words, and gone to wherever it is', async () => {
  const [ada, bob] = [called('ada'), called('bob')];
  const room = called('log');
  const nc = await terminal(bob);
  nc.type(`/join ${room}`);
  for (let n = 1; n <= 900; n++) nc.type(n === 150 ? 'the needle in it' : `straw ${n}`);
  const page = await enter(ada);
  await goTo(page, room);
  await page.getByText('straw 900', { exact: true }).waitFor();

  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Words').fill('needle');
  await expect
    .poll(async () => {
      await page.keyboard.press('Enter');
      return dialog.getByRole('listitem').count();
    })
    .toBe(1);
  await shoot(page, 'find');
  await dialog.getByRole('listitem').getByRole('button').click();
  await page.locator('.message:focus', { hasText: 'the needle in it' }).waitFor();
  await expect.poll(() => page.getByText('straw 151', { exact: true }).isVisible()).toBe(true);

  nc.type('meanwhile at the end');
  await page.getByRole('button', { name: '1 new' }).click();
  await page.getByText('meanwhile at the end').waitFor();
  expect((await shown(page)).slice(-2)).toEqual(['straw 900', 'meanwhile at the end']);
});

test('a nickname is kept with a password, and what is written to it waits', async () => {
  const [ada, eve] = [called('ada'), called('eve')];
  const nc = await terminal(called('bob'));
  const page = await enter(ada);
  await page.getByRole('button', { name: 'You and this page' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(`Keep ${ada} as yours`).click();
  await dialog.getByRole('textbox', { name: 'Password' }).fill('correct horse');
  await dialog.getByRole('button', { name: 'Register' }).click();
  await dialog.getByText('Change your password').waitFor();
  await dialog.getByLabel('Away').fill('lunch');
  await dialog.getByRole('button', { name: 'Be away' }).click();
  await dialog.getByText('You are away: lunch').waitFor();
  await shoot(page, 'you');
  await page.keyboard.press('Escape');

  const other = await enter(eve);
  await say(other, `/msg ${ada} are you there?`);
  await note(other, `${ada} is away: lunch`).waitFor();
  await say(page, '/quit');
  await page.getByLabel('Nickname').waitFor();
  // What is written while the page is still going counts as shown there.
  await expect.poll(nc.heard).toContain(`Goodbye ${ada}`);
  await say(other, 'it can wait');

  const again = await browsers.stage.open(browsers.url);
  await again.getByLabel('Nickname').fill(ada);
  await again.keyboard.press('Enter');
  await again.getByLabel('Password').fill('wrong horse');
  await again.keyboard.press('Enter');
  await again.getByText('Nickname or password is wrong.').waitFor();
  await again.getByLabel('Password').fill('correct horse');
  await again.keyboard.press('Enter');
  await again.getByRole('log').waitFor();
  await again.getByRole('button', { name: eve }).first().click();
  await again.getByText('it can wait').waitFor();

  await again.reload();
  await again.getByRole('button', { name: 'You and this page' }).click();
  await again.getByText('Change your password').waitFor();
});

test('commands and nicks are completed by keyboard', async () => {
  const [ada, bob] = [called('ada'), called('bob')];
  await terminal(bob);
  const page = await enter(ada);
  await page.getByRole('complementary').getByText(bob, { exact: true }).waitFor();
  await composer(page).pressSequentially('/aw');
  await page.getByRole('option', { name: '/away' }).waitFor();
  await shoot(page, 'completion');
  await page.keyboard.press('Tab');
  await page.keyboard.type('tea');
  await page.keyboard.press('Enter');
  await note(page, 'You are away: tea').waitFor();
  await composer(page).pressSequentially('@bo');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  expect(await composer(page).inputValue()).toBe(`@${bob} `);
});

test('the page that http-static serves is kept for when there is no network', async () => {
  const page = await enter(called('ada'));
  const state = await page.evaluate(
    'navigator.serviceWorker.ready.then((it) => it.active.scriptURL)',
  );
  expect(state).toBe(`${browsers.url}sw.js`);
  await page.reload();
  await page.getByPlaceholder('Message #lobby').waitFor();
  await page.context().setOffline(true);
  await page.reload({ waitUntil: 'commit' });
  await page.getByPlaceholder('Message #lobby').waitFor();
});

test('somebody without scripts signs the guestbook, and people with nc see it', async () => {
  const { heard } = await terminal(called('bob'));
  const page = await browsers.stage.open(`${browsers.url}guestbook`, { javaScriptEnabled: false });
  await page.getByLabel('Name').fill('Ada L');
  await page.getByLabel('Your words').fill('Hello <b>all</b>');
  await page.getByRole('button', { name: 'Sign the guestbook' }).click();
  await page.getByRole('status').waitFor();
  expect(await page.locator('.entries .text').first().textContent()).toBe('Hello <b>all</b>');
  await expect.poll(heard).toContain('guestbook:Ada-L wrote in the guestbook: Hello <b>all</b>');
});
