import { createGuests, sessionOf } from '@partyline/gateway';
import type { Envelope, Outcome } from '@partyline/protocol';
import { problem } from '@partyline/protocol';
import { expect, it } from 'vitest';
import type { Saying } from '../intake/asked.ts';
import type { Source } from '../intake/source.ts';
import { createChat } from './chat.ts';
import { Senders } from './senders.ts';

const source: Source = { address: '192.168.1.7', port: 50_000, family: 'IPv4' };

/** A chat whose line answers as it is told; without being told, everything goes well. */
const chatWith = (answer: (envelope: Envelope) => Outcome | undefined = () => undefined) => {
  const clock = { ms: 0 };
  const published: Envelope[] = [];
  let seq = 0;
  let ids = 0;
  const line = {
    publish: async (envelope: Envelope): Promise<Outcome> => {
      published.push(envelope);
      const { id, command } = envelope;
      const told = answer(envelope);
      if (told !== undefined) return told;
      if (command.type !== 'say') return { id, type: 'done' } as Outcome;
      seq += 1;
      return { id, type: 'published', room: command.room, seq, at: 1 } as Outcome;
    },
  };
  const guests = createGuests('the key of a test');
  const newId = () => `id${ids++}`;
  const now = () => clock.ms;
  const senders = new Senders({
    ...{ line, guests, newId, newTrace: () => '', now, silenceMs: 60_000, max: 2 },
  });
  const chat = createChat({
    ...{ senders, guests, newId, now, locale: 'en', isCongested: () => false },
  });
  const say = async (saying: Saying, from: Source = source, bytes = 200) => {
    const { outcome, answer } = await chat(
      saying,
      Buffer.from(JSON.stringify(saying).padEnd(bytes)),
      from,
    );
    return { outcome, told: answer && JSON.parse(String(answer)) };
  };
  const types = () => published.map(({ command }) => command.type);
  return { clock, published, say, senders, types, guests };
};
const refused = (id: string, code: 'nick-taken' | 'session-unknown' | 'muted'): Outcome =>
  ({ id, type: 'refused', problem: problem(code as never) }) as Outcome;

it('brings a sender online with what it says, and confirms it', async () => {
  const { say, types, published } = chatWith();
  expect(await say({ nick: 'ann', text: 'hi', id: 'm1' })).toEqual({
    outcome: 'said',
    told: { type: 'ack', id: 'm1', room: 'lobby', seq: 1, at: 1, nickname: 'ann' },
  });
  expect(await say({ nick: 'ann', text: 'again' })).toMatchObject({ outcome: 'said' });
  expect(types()).toEqual(['open', 'say', 'say']);
  expect(published[1]).toMatchObject({ id: 'm1' });
});

it('knows a sender by its address and nick, whatever port it sends from', async () => {
  const { say, senders } = chatWith();
  await say({ nick: 'ann', text: 'one' });
  await say({ nick: 'Ann', text: 'two' }, { ...source, port: 50_001 });
  expect(senders.sessions()).toHaveLength(1);
  await say({ nick: 'ann', text: 'three' }, { ...source, address: '192.168.1.8' });
  expect(senders.sessions()).toHaveLength(2);
});

it('stores what is sent twice once, and confirms it twice', async () => {
  const { say, types } = chatWith();
  const first = await say({ text: 'hi' });
  expect(await say({ text: 'hi' })).toEqual(first);
  expect(types()).toEqual(['open', 'say']);
});

it('takes the same words later, or from another socket, for another message', async () => {
  const { say, clock, types } = chatWith();
  await say({ text: 'hi' });
  await say({ text: 'hi' }, { ...source, port: 50_001 });
  clock.ms = 10_000;
  await say({ text: 'hi' });
  expect(types()).toEqual(['open', 'say', 'say', 'say']);
});

it('goes into another room to talk there', async () => {
  const { say, published } = chatWith();
  await say({ nick: 'ann', text: 'hi' });
  await say({ nick: 'ann', text: 'hi', room: 'ops' });
  expect(published.map(({ command }) => command)).toMatchObject([
    { type: 'open', rooms: ['lobby'] },
    { type: 'say', room: 'lobby' },
    { type: 'join', room: 'ops' },
    { type: 'say', room: 'ops' },
  ]);
});

it('makes up another name for a guest whose name is taken', async () => {
  const taken: string[] = [];
  const { say } = chatWith(({ id, command, session }) => {
    if (command.type === 'open' && taken.length === 0) {
      taken.push(session);
      return refused(id, 'nick-taken');
    }
    return taken.includes(session) ? refused(id, 'session-unknown') : undefined;
  });
  expect(await say({ text: 'hi' })).toMatchObject({ outcome: 'said' });
});

it('tells a sender that its name is taken, and takes its next try anew', async () => {
  let isTaken = true;
  const { say, clock } = chatWith(({ id, command }) => {
    if (!isTaken) return undefined;
    return refused(id, command.type === 'open' ? 'nick-taken' : 'session-unknown');
  });
  expect(await say({ nick: 'ann', text: 'hi' })).toMatchObject({
    outcome: 'refused',
    told: { type: 'error', code: 'nick-taken' },
  });
  isTaken = false;
  clock.ms = 20_000;
  expect(await say({ nick: 'ann', text: 'hi' })).toMatchObject({ outcome: 'said' });
});

it('comes in anew when its session is over', async () => {
  const over = new Set<string>();
  const { say, types } = chatWith(({ id, session, command }) => {
    if (command.type === 'open') over.clear();
    return over.has(session) ? refused(id, 'session-unknown') : undefined;
  });
  await say({ nick: 'ann', text: 'one' });
  const { guests } = chatWith();
  over.add(sessionOf(guests.tokenOf(source.address, 'ann')));
  expect(await say({ nick: 'ann', text: 'two' })).toMatchObject({ outcome: 'said' });
  expect(types()).toEqual(['open', 'say', 'say', 'open', 'say']);
});

it('ends who is silent, and says goodbye for everybody at the end', async () => {
  const { say, senders, clock, types } = chatWith();
  await say({ nick: 'ann', text: 'hi' });
  clock.ms = 40_000;
  await say({ nick: 'bob', text: 'hi' });
  clock.ms = 60_001;
  senders.sweep();
  expect(senders.sessions()).toHaveLength(1);
  await senders.stop();
  expect(types().filter((type) => type === 'close')).toHaveLength(2);
});

it('takes no more senders than it may', async () => {
  const { say } = chatWith();
  await say({ nick: 'ann', text: 'hi' });
  await say({ nick: 'bob', text: 'hi' });
  expect(await say({ nick: 'cat', text: 'hi' })).toMatchObject({ told: { code: 'line-full' } });
});

it.each([
  [{ text: '' }, 'text-empty'],
  [{ text: 'x'.repeat(9_000) }, 'text-too-long'],
  [{ text: 'hi', nick: 'a b' }, 'nick-bad'],
  [{ text: 'hi', room: '' }, 'room-empty'],
  [{ text: 'hi', id: '' }, 'id-bad'],
] as const)('refuses %j', async (saying, code) => {
  const { say, published } = chatWith();
  expect(await say(saying)).toMatchObject({ outcome: 'refused', told: { type: 'error', code } });
  expect(published).toEqual([]);
});

it('confirms to the Internet in no more bytes than came', async () => {
  const { say } = chatWith();
  const far = { ...source, address: '203.0.113.7' };
  expect((await say({ nick: 'ann', text: 'hi' }, far, 40)).told).toEqual({
    ...{ type: 'ack', room: 'lobby', seq: 1 },
  });
  expect((await say({ text: 'yo' }, far, 0)).told).toBeUndefined();
});
