import { fc, test } from '@fast-check/vitest';
import type { BotScope, EventPage } from '@partyline/protocol';
import { afterAll, beforeAll, expect } from 'vitest';
import { envelope, openOf, startTestCore } from './core.ts';

let core: Awaited<ReturnType<typeof startTestCore>>;
let log: string;
const ROOMS = ['lobby', 'ops', 'den'];

beforeAll(async () => {
  core = await startTestCore();
  await core.hello('i1', { commands: ['dns'] });
  // With a stream its lease goes on for as long as this takes.
  await core.subscribe('i1');
  const join = (name: string, room: string) =>
    envelope(name, `${name}-${room}`, { type: 'join', room });
  await core.publish('i1', [
    ...[openOf('ann'), openOf('bob')],
    ...ROOMS.flatMap((room) => [join('ann', room), join('bob', room)]),
    envelope('ann', 'p', { type: 'private', to: 'bob', text: 'of the pair' }),
  ]);
  log = `~${'ann'.padEnd(16, '-')}~${'bob'.padEnd(16, '-')}`;
});
afterAll(() => core[Symbol.asyncDispose]());

const room = fc.constantFrom(...ROOMS);
const place = fc.oneof({ weight: 5, arbitrary: room }, fc.constantFrom('pair', 'new'));
const instance = fc.constantFrom('one', 'i1', 'operator', 'b-0123456789abcdef');

/** Commands as somebody who means ill would write them. */
const command = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('announce'),
      room: place,
      nick: fc.constantFrom('butler', 'ann', 'operator', 'free'),
    }),
  },
  fc.record({ type: fc.constantFrom('say', 'topic', 'typing', 'join', 'part'), room: place }),
  fc.record({ type: fc.constant('configure'), room: place, visibility: fc.constant('public') }),
  fc.record({
    type: fc.constant('role'),
    room: place,
    nick: fc.constant('butler'),
    role: fc.constantFrom('owner', 'operator'),
  }),
  fc.record({ type: fc.constant('invite'), room: place, nick: fc.constant('butler') }),
  fc.record({ type: fc.constant('kick'), target: fc.constant('bob'.padEnd(16, '-')) }),
  fc.record({ type: fc.constant('private'), to: fc.constant('bob') }),
  fc.constant({ type: 'rename', nick: 'mallory' }),
);

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('publish' as const), instance, command }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('hello' as const),
      instance,
      rooms: fc.array(place, { maxLength: 3 }),
      sessions: fc.subarray(['ann'.padEnd(16, '-')]),
      commands: fc.subarray(['dns']),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('subscribe' as const), instance }) },
  fc.record({ do: fc.constant('leave' as const), instance }),
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('read' as const),
      what: fc.constantFrom('events?after=0', 'events?at=0&limit=500', 'members', 'search?q=of'),
      place,
    }),
  },
  fc.record({
    do: fc.constant('ask' as const),
    path: fc.constantFrom(
      'rooms',
      `rooms?session=${'ann'.padEnd(16, '-')}`,
      'instances',
      `search?session=${'ann'.padEnd(16, '-')}&q=of`,
    ),
  }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('speak' as const), room }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('set' as const),
      room: fc.constantFrom('ops', 'den'),
      visibility: fc.constantFrom('public', 'private'),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const nameOf = (it: string): string => (it === 'pair' ? log : it === 'new' ? `new${runs}` : it);
let runs = 0;
let ids = 0;

const pageOf = async (name: string): Promise<EventPage> => {
  const path = `/bus/v1/rooms/${encodeURIComponent(name)}/events?after=0&limit=500`;
  return JSON.parse((await core.bus('GET', path)).text);
};

test.prop(
  {
    scopes: fc.subarray<BotScope>(['say', 'read', 'commands'], { minLength: 1 }),
    rooms: fc.uniqueArray(fc.constantFrom('*', ...ROOMS), { minLength: 1, maxLength: 3 }),
    steps: fc.array(step, { minLength: 5, maxLength: 25 }),
  },
  { numRuns: 40 },
)(
  "no sequence of requests with a bot's token reads or says what it is not for",
  async ({ scopes, rooms, steps }) => {
    runs += 1;
    const made = await core.order('POST', '/v1/bots', { name: 'butler', scopes, rooms });
    const token = made.json.token as unknown as string;
    const me = token.split('.')[0];
    const headers = { authorization: `Bearer ${token}` };
    const closed = new Set<string>();
    for (const name of ['ops', 'den'])
      await core.order('PATCH', `/v1/rooms/${name}`, { visibility: 'public' });
    const isFor = (name: string): boolean =>
      rooms.includes(name) || (rooms.includes('*') && !closed.has(name) && !name.startsWith('~'));
    /** What was said where the bot might not read it then. */
    const secrets = new Set(['of the pair']);
    const before = await Promise.all([...ROOMS, log].map(pageOf));
    const streams: Awaited<ReturnType<typeof core.subscribeAs>>[] = [];
    const heard: string[] = [];

    const take = async (it: Step): Promise<void> => {
      switch (it.do) {
        case 'publish': {
          const id = `p${ids++}`;
          const text = `said by a bot ${id}`;
          const where = 'room' in it.command ? { room: nameOf(it.command.room) } : {};
          const line = {
            id,
            session: 'ann'.padEnd(16, '-'),
            command: { text, ...it.command, ...where },
          };
          const path = `/bus/v1/publish?instance=${it.instance}`;
          const answer = await core.bus('POST', path, JSON.stringify(line), headers);
          if (!answer.text.includes('"published"')) return;
          expect(scopes).toContain('say');
          expect(it.command).toMatchObject({ type: 'announce', nick: 'butler' });
          expect(isFor(nameOf((it.command as { room: string }).room))).toBe(true);
          return;
        }
        case 'hello': {
          const said = {
            kind: 'tcp-gateway',
            endpoints: [],
            commands: it.commands,
            sessions: it.sessions,
            rooms: it.rooms.map(nameOf),
          };
          heard.push(
            (
              await core.bus('PUT', `/bus/v1/instances/${it.instance}`, JSON.stringify(said), {
                ...headers,
                ...core.json,
              })
            ).text,
          );
          return;
        }
        case 'subscribe':
          streams.push(await core.subscribeAs(token, it.instance));
          return;
        case 'leave':
          await core.bus('DELETE', `/bus/v1/instances/${it.instance}`, undefined, headers);
          return;
        case 'read': {
          const name = nameOf(it.place);
          const answer = await core.bus(
            'GET',
            `/bus/v1/rooms/${encodeURIComponent(name)}/${it.what}`,
            undefined,
            headers,
          );
          if (answer.status === 200) expect(scopes.includes('read') && isFor(name)).toBe(true);
          return;
        }
        case 'ask':
          heard.push((await core.bus('GET', `/bus/v1/${it.path}`, undefined, headers)).text);
          return;
        case 'speak': {
          const text = `${ids++} of ${it.room}.`;
          if (!isFor(it.room) || !scopes.includes('read')) secrets.add(text);
          await core.publish('i1', [
            envelope('ann', `s${ids++}`, { type: 'say', room: it.room, text }),
          ]);
          return;
        }
        case 'set':
          await core.order('PATCH', `/v1/rooms/${it.room}`, { visibility: it.visibility });
          if (it.visibility === 'private') closed.add(it.room);
          else closed.delete(it.room);
          return;
      }
    };
    // It begins as it should, so that there is a stream to hear things by.
    const open = scopes.includes('read') ? ROOMS.filter(isFor) : [];
    await take({ do: 'hello', instance: 'one', rooms: open, sessions: [], commands: [] });
    await take({ do: 'subscribe', instance: 'one' });
    for (const it of steps) await take(it);

    await core.order('DELETE', '/v1/bots/butler');
    for (const it of streams)
      if (it.status === 200) heard.push(...(await it.ended()).map((line) => JSON.stringify(line)));
    for (const secret of secrets) for (const it of heard) expect(it).not.toContain(secret);

    const after = await Promise.all([...ROOMS, log].map(pageOf));
    for (const [index, { events, room: name }] of after.entries())
      for (const it of events.slice(before[index]?.events.length)) {
        if (it.person === me)
          expect(it).toMatchObject({ nick: 'butler', bot: true, kind: 'notice' });
        else expect(it.text).toMatch(new RegExp(`of ${name}[.]$`));
        if (it.person === me && !rooms.includes('*')) expect(rooms).toContain(name);
      }
    const { json } = await core.order('GET', '/v1/sessions');
    expect(json.sessions).toMatchObject([
      { nick: 'ann', instance: 'i1', state: 'live' },
      { nick: 'bob', instance: 'i1', state: 'live' },
    ]);
  },
);
