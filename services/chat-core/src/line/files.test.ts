import { limits, type Outcome } from '@partyline/protocol';
import { readTicket } from '@partyline/service';
import { beforeEach, expect, test } from 'vitest';
import { codeOf, rehearse, rules, sessionId } from './rehearsal.ts';

const HTTP = 'http1';
const file = { name: 'kettle.jpg', type: 'image/jpeg', bytes: 9, url: 'http://localhost/f/1' };
const card = { type: 'file', file } as const;

let it: ReturnType<typeof rehearse>;
beforeEach(async () => {
  it = rehearse();
  await it.hello('i1');
  await it.hello(HTTP);
  await it.open('ann');
  await it.open('bob');
});

const upload = (room: string, name = 'bob') => it.ask(name, { type: 'upload', room });
const share = (room: string, how: { id?: string; name?: string } = {}) =>
  it.ask(
    how.name ?? 'bob',
    { type: 'share', room, text: 'kettle.jpg', card },
    { by: HTTP, ...how },
  );
const ticketIn = (outcome: Outcome) =>
  outcome.type === 'ticket'
    ? readTicket(outcome.ticket, rules.ticketKey, it.clock.now)
    : codeOf(outcome);

test('a ticket is for one room and session, and runs out', async () => {
  const until = it.clock.now + limits.uploadTicketMs;
  const bob = { session: sessionId('bob'), nick: 'bob', until };
  expect(ticketIn(await upload('Lobby'))).toEqual({ ...bob, room: 'lobby' });
  expect(ticketIn(await upload('@ANN'))).toEqual({ ...bob, room: '@ann' });
});

test('there is no ticket for where one may not speak, or for nobody', async () => {
  expect(ticketIn(await upload('ops'))).toBe('room-not-joined');
  expect(ticketIn(await upload('@eve'))).toBe('nick-unknown');
  await it.operate({ type: 'mute', room: 'lobby', nick: 'bob' });
  expect(ticketIn(await upload('lobby'))).toBe('muted');
  await it.operate({ type: 'configure', room: 'lobby', speak: 'moderators' });
  expect(ticketIn(await upload('lobby', 'ann'))).toBe('room-read-only');
});

test('a service tells of a file under the nick that its sender has now, once for each id', async () => {
  await it.ask('bob', { type: 'rename', nick: 'rob' });
  const first = await share('lobby', { id: 'file-1' });
  expect(await share('lobby', { id: 'file-1' })).toEqual(first);
  await share('@ann');
  const log = [...it.tables.events.values()].flat();
  expect(log).toMatchObject([
    { room: 'lobby', nick: 'rob', session: sessionId('bob'), id: 'file-1', card },
    { room: expect.stringMatching(/^~/), nick: 'rob', to: 'ann', card },
  ]);
});

test('a file is not told by who may not speak any more, or is gone', async () => {
  await it.operate({ type: 'mute', room: 'lobby', nick: 'bob' });
  expect(codeOf(await share('lobby'))).toBe('muted');
  await it.ask('ann', { type: 'part', room: 'lobby' });
  expect(codeOf(await share('lobby', { name: 'ann' }))).toBe('room-not-joined');
  await it.ask('ann', { type: 'close' });
  expect(codeOf(await share('lobby', { name: 'ann' }))).toBe('session-unknown');
  expect(codeOf(await share('lobby', { name: 'nobody' }))).toBe('session-unknown');
});
