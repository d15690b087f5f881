import { type Command, type Event, limits, type Ref } from '@partyline/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { codeOf, receipt, rehearse, sessionId } from './rehearsal.ts';

let it: ReturnType<typeof rehearse>;
beforeEach(async () => {
  it = rehearse();
  await it.hello('i1');
  await it.open('ann');
  await it.open('bob');
});

const react = (name: string, ref: Ref, how: { text?: string; remove?: boolean } = {}) =>
  it.ask(name, { type: 'react', room: 'lobby', ref, text: '👍', ...how });
const edit = (name: string, ref: Ref, text: string) =>
  it.ask(name, { type: 'edit', room: 'lobby', ref, text });
const takeBack = (name: string, ref: Ref) => it.ask(name, { type: 'delete', room: 'lobby', ref });
const reply = (name: string, ref: Ref, text = 'yes') =>
  it.ask(name, { type: 'say', room: 'lobby', ref, text });

/** The events told since it was asked last. */
const events = (): Event[] =>
  it.told().flatMap((effect) => (effect.type === 'event' ? effect.event : []));
const page = async (room = 'lobby') => (await it.read.page(room, { after: 0, limit: 100 })).events;

describe('what two wrote to each other', () => {
  const psst = (name: string, to: string, text: string) =>
    it.ask(name, { type: 'private', to, text });

  test('is named by the nick of the other, to be edited, taken back and reacted to', async () => {
    await psst('ann', 'bob', 'teh');
    await psst('bob', 'ann', 'what?');
    it.told();
    const [withBob, withAnn] = [{ room: '@BOB' }, { room: '@ann' }];
    await it.ask('ann', { type: 'edit', ...withBob, ref: { mine: true }, text: 'the' });
    await it.ask('bob', { type: 'react', ...withAnn, ref: { of: 'ann' }, text: '👍' });
    await it.ask('ann', { type: 'delete', ...withBob, ref: { mine: true } }, { id: 'd' });
    const again = { type: 'delete', ...withBob, ref: { mine: true } } as const;
    expect(await it.ask('ann', again, { id: 'd' })).toMatchObject({ seq: 5 });
    expect(events()).toMatchObject([
      { kind: 'edit', ref: 1, to: 'bob' },
      { kind: 'react', ref: 1, to: 'ann', quote: { text: 'the' } },
      { kind: 'delete', ref: 1 },
    ]);
    expect(await it.ask('ann', again)).toMatchObject({
      problem: { code: 'event-unfound', params: { room: '@BOB' } },
    });
  });

  test('is nothing yet, or with nobody, and never a room', async () => {
    const react = { type: 'react', ref: { back: 1 }, text: '👍' } as const;
    const asked = ['@bob', '@nobody', '@'].map((room) => it.ask('ann', { ...react, room }));
    const codes = (await Promise.all(asked)).map(codeOf);
    expect(codes).toEqual(['event-unfound', 'nick-unknown', 'nick-unknown']);
    expect(codeOf(await it.say('ann', 'hi', { room: '@bob' }))).toBe('room-bad');
  });

  test('is there for a session that has not been shown it, from then on', async () => {
    await it.register('ann');
    await psst('ann', 'bob', 'hi');
    await it.login('phone', 'ann', 'i1');
    const [room = ''] = [...it.tables.rooms.keys()].filter((name) => name.startsWith('~'));
    expect(it.tables.members.has(`${room}\n${sessionId('phone')}`)).toBe(false);
    it.told();
    await it.ask('phone', { type: 'edit', room: '@bob', ref: { mine: true }, text: 'hello' });
    const effects = it.told();
    expect(it.linesTo('i1', effects)).toMatchObject([{ type: 'entered', room, since: 1 }]);
    expect(effects.at(-1)).toMatchObject({ event: { room, kind: 'edit', seq: 2 } });
  });

  test('stays theirs, whoever names its log', async () => {
    await psst('ann', 'bob', 'hi');
    await it.open('eve');
    const [room = ''] = [...it.tables.rooms.keys()].filter((name) => name.startsWith('~'));
    const asked = { type: 'react', room, ref: 1, text: '👍' } as const;
    expect(codeOf(await it.ask('eve', asked))).toBe('room-not-joined');
  });
});

describe('a reply', () => {
  test('refers to what was said, and quotes its beginning on one line', async () => {
    await it.say('ann', `one\n${'x'.repeat(50)}`);
    it.told();
    await reply('bob', 1);
    const quote = { nick: 'ann', text: `one ${'x'.repeat(limits.quoteCodePoints - 4)}…` };
    expect(events()).toMatchObject([{ seq: 2, ref: 1, quote, text: 'yes' }]);
    expect(await page()).toMatchObject([{ seq: 1 }, { seq: 2, ref: 1, quote }]);
  });

  test('quotes the text that an edit put in its place', async () => {
    await it.say('ann', 'tea?');
    await edit('ann', 1, 'coffee?');
    it.told();
    await reply('bob', 1);
    expect(events()).toMatchObject([{ quote: { nick: 'ann', text: 'coffee?' } }]);
  });

  test('is refused to what is not there, is no message, or is taken back', async () => {
    await it.ask('ann', { type: 'topic', room: 'lobby', text: 'tea' });
    await it.say('ann', 'hi');
    await takeBack('ann', 2);
    for (const ref of [1, 2, 3, 9])
      expect(await reply('bob', ref)).toMatchObject({
        problem: { code: 'event-unknown', params: { room: 'lobby', seq: ref } },
      });
  });

  test('finds what is meant by who said it, or by counting back', async () => {
    await it.say('ann', 'one');
    await it.say('bob', 'two');
    await it.ask('ann', { type: 'topic', room: 'lobby', text: 'tea' });
    await it.say('ann', 'three', { room: 'lobby' });
    await takeBack('ann', 4);
    it.told();
    await reply('bob', { of: 'ANN' });
    await reply('bob', { back: 2 });
    await reply('ann', { mine: true });
    expect(events().map((event) => event.ref)).toEqual([1, 2, 1]);
    expect(codeOf(await reply('ann', { of: 'nobody' }))).toBe('event-unfound');
    expect(codeOf(await reply('ann', { back: 50 }))).toBe('event-unfound');
  });

  test('finds nothing that is too far back', async () => {
    await it.say('ann', 'long ago');
    for (let said = 0; said < limits.lastEvents; said++) await it.say('bob', 'more');
    expect(codeOf(await reply('bob', { of: 'ann' }))).toBe('event-unfound');
    expect(codeOf(await reply('bob', 1))).toBe('published');
  });

  test('stays between the two who speak in private', async () => {
    await it.ask('ann', { type: 'private', to: 'bob', text: 'psst' });
    const room = `~${sessionId('ann')}~${sessionId('bob')}`;
    it.told();
    const command: Command = { type: 'private', to: 'ann', text: 'what?', ref: 1 };
    receipt(await it.ask('bob', command), 'published');
    expect(events()).toMatchObject([{ room, ref: 1, to: 'ann', quote: { text: 'psst' } }]);
    receipt(await it.ask('bob', { type: 'react', room, ref: 1, text: '+1' }), 'published');
    receipt(await it.ask('ann', { type: 'edit', room, ref: 1, text: 'hey' }), 'published');
    expect(events()).toMatchObject([
      { kind: 'react', to: 'ann' },
      { kind: 'edit', to: 'bob' },
    ]);
    await it.open('eve');
    const listen: Command = { type: 'react', room, ref: 1, text: '+1' };
    expect(codeOf(await it.ask('eve', listen))).toBe('room-not-joined');
    const first: Command = { type: 'private', to: 'eve', text: 'hm', ref: 1 };
    expect(codeOf(await it.ask('ann', first))).toBe('event-unknown');
    expect(await it.read.room(`~${sessionId('ann')}~${sessionId('eve')}`)).toBeUndefined();
  });
});

describe('an edit', () => {
  test('is for whoever said it, from every session of theirs', async () => {
    await it.say('ann', 'teh');
    expect(codeOf(await edit('bob', 1, 'mine'))).toBe('event-not-yours');
    expect(codeOf(await edit('ann', 1, ' '))).toBe('text-empty');
    expect(await edit('ann', 1, 'the')).toMatchObject({ type: 'published', seq: 2 });
    await it.ask('ann', { type: 'rename', nick: 'Anna' });
    it.told();
    expect(codeOf(await edit('ann', { mine: true }, 'The'))).toBe('published');
    expect(events()).toMatchObject([
      { kind: 'edit', ref: 1, nick: 'Anna', text: 'The', quote: { nick: 'ann', text: 'the' } },
    ]);
  });

  test('of what somebody said as a guest is for the account that they became', async () => {
    await it.say('ann', 'teh');
    const session = sessionId('ann');
    await it.line.run({ type: 'register', session, account: 'a-1', password: 'x' });
    expect(codeOf(await edit('ann', { mine: true }, 'the'))).toBe('published');
  });

  test('or a reaction needs leave to speak in the room, taking back does not', async () => {
    await it.ask('ann', { type: 'join', room: 'news' });
    await it.ask('bob', { type: 'join', room: 'news' });
    await it.say('bob', 'hi', { room: 'news' });
    await it.ask('ann', { type: 'configure', room: 'news', speak: 'moderators' });
    const about = { room: 'news', ref: 1 } as const;
    expect(codeOf(await it.ask('bob', { type: 'edit', ...about, text: 'ho' }))).toBe(
      'room-read-only',
    );
    expect(codeOf(await it.ask('bob', { type: 'react', ...about, text: '+1' }))).toBe(
      'room-read-only',
    );
    expect(codeOf(await it.ask('bob', { type: 'delete', ...about }))).toBe('published');
  });

  test('by two sessions at once both stand, and the later one shows, wherever it is read', async () => {
    await it.register('ann');
    await it.login('phone', 'ann');
    await it.say('ann', 'teh');
    it.told();
    const edits = ['ann', 'phone'].map((name) =>
      it.envelope(name, { type: 'edit', room: 'lobby', ref: 1, text: `the, from ${name}` }),
    );
    const outcomes = await it.line.publish('i1', edits);
    expect(outcomes).toMatchObject([{ seq: 2 }, { seq: 3 }]);
    expect(events().map((event) => event.text)).toEqual(['the, from ann', 'the, from phone']);
    await reply('bob', 1);
    expect(events()).toMatchObject([{ quote: { text: 'the, from phone' } }]);
    expect((await page()).at(-1)).toMatchObject({ quote: { text: 'the, from phone' } });
  });

  test('again under the same id is the same edit', async () => {
    await it.say('ann', 'teh');
    const command: Command = { type: 'edit', room: 'lobby', ref: { mine: true }, text: 'the' };
    const first = await it.ask('ann', command, { id: 'mine' });
    await it.say('ann', 'more');
    expect(await it.ask('ann', command, { id: 'mine' })).toEqual(first);
  });
});

describe('taking back', () => {
  test('takes the text out of the log, with its edits, and out of every quote', async () => {
    await it.say('ann', 'secret @bob');
    await edit('ann', 1, 'another secret');
    await reply('bob', 1);
    it.told();
    expect(codeOf(await takeBack('bob', 1))).toBe('event-not-yours');
    expect(await takeBack('ann', 1)).toMatchObject({ seq: 4 });
    expect(events()).toMatchObject([{ kind: 'delete', ref: 1, text: '' }]);
    const log = await page();
    expect(log.map((event) => event.text)).toEqual(['', '', 'yes', '']);
    expect(JSON.stringify(log)).not.toContain('secret');
    expect(log[0]).not.toHaveProperty('mentions');
  });

  test('what others said is for moderators of the room, and is written down', async () => {
    await it.ask('ann', { type: 'join', room: 'den' });
    await it.ask('bob', { type: 'join', room: 'den' });
    await it.open('eve', { rooms: ['den'] });
    await it.say('bob', 'rude', { room: 'den' });
    const command: Command = { type: 'delete', room: 'den', ref: 1 };
    expect(codeOf(await it.ask('eve', command))).toBe('event-not-yours');
    await it.ask('ann', { type: 'role', room: 'den', nick: 'eve', role: 'moderator' });
    it.told();
    expect(codeOf(await it.ask('eve', command))).toBe('published');
    expect(events()).toMatchObject([{ nick: 'eve', quote: { nick: 'bob', text: 'rude' } }]);
    expect((await page('den'))[0]?.text).toBe('');
    expect(JSON.stringify(await it.read.moderation.audit(0, 9))).toContain('"delete"');
  });

  test('happens once, and what is gone is not edited or reacted to', async () => {
    await it.say('ann', 'hi');
    await takeBack('ann', 1);
    expect(codeOf(await takeBack('ann', 1))).toBe('event-unknown');
    expect(codeOf(await edit('ann', 1, 'ho'))).toBe('event-unknown');
    expect(codeOf(await react('bob', 1))).toBe('event-unknown');
  });

  test('leaves the id known, so that a late repeat of it says nothing anew', async () => {
    const said = await it.say('ann', 'hi', { id: 'mine' });
    await takeBack('ann', 1);
    expect(await it.say('ann', 'hi', { id: 'mine' })).toEqual(said);
    expect((await page())[0]?.text).toBe('');
  });
});

describe('a reaction', () => {
  test('counts once a person, until it is taken away', async () => {
    await it.say('ann', 'hi');
    it.told();
    const first = receipt(await react('bob', 1), 'published');
    expect(await react('bob', { of: 'ann' })).toMatchObject({ seq: first.seq, at: first.at });
    expect(await react('ann', 1)).toMatchObject({ seq: 3 });
    expect(await react('bob', 1, { text: '🎉' })).toMatchObject({ seq: 4 });
    expect(await react('bob', 1, { remove: true })).toMatchObject({ seq: 5 });
    expect(await react('bob', 1, { remove: true })).toMatchObject({ seq: 5 });
    expect(await react('bob', 1)).toMatchObject({ seq: 6 });
    expect(events().map(({ kind, nick, text }) => [kind, nick, text])).toEqual([
      ['react', 'bob', '👍'],
      ['react', 'ann', '👍'],
      ['react', 'bob', '🎉'],
      ['unreact', 'bob', '👍'],
      ['react', 'bob', '👍'],
    ]);
  });

  test('of a guest is the account’s that they become, and counts once with it', async () => {
    await it.say('ann', 'tea?');
    const first = await react('bob', 1);
    await it.register('bob');
    expect(await react('bob', 1)).toMatchObject({ seq: receipt(first, 'published').seq });
    await it.login('phone', 'bob');
    await react('phone', 1, { text: '🎉' });
    expect(await react('bob', 1, { text: '🎉' })).toMatchObject({ seq: 3 });
    await react('bob', 1, { remove: true });
    const [, reacted, , unreacted] = await page();
    expect(unreacted).toMatchObject({ kind: 'unreact', person: reacted?.person });
    expect(it.tables.events.get('lobby')).toHaveLength(4);
  });

  test('that nobody had is taken away already', async () => {
    await it.say('ann', 'hi');
    expect(await react('bob', 1, { remove: true })).toMatchObject({ type: 'published', seq: 1 });
  });

  test('is one short word', async () => {
    await it.say('ann', 'hi');
    for (const text of ['', ' ', 'a b', '\u0007', 'x'.repeat(limits.reactionCodePoints + 1)])
      expect(codeOf(await react('bob', 1, { text }))).toBe('reaction-bad');
  });
});

test('who is mentioned are those who hold or have registered the nick, in order, each once', async () => {
  await it.open('Eve');
  await it.line.run({ type: 'register', session: sessionId('Eve'), account: 'a-1', password: 'x' });
  await it.ask('Eve', { type: 'close' });
  it.told();
  await it.say('ann', 'mail x@bob.org: @eve. @BOB @nobody, @bob!');
  await it.say('ann', 'nobody');
  await edit('ann', { mine: true }, '@bob');
  await it.ask('ann', { type: 'private', to: 'bob', text: '@ann' });
  expect(events().map((event) => event.mentions)).toEqual([
    ['Eve', 'bob'],
    undefined,
    ['bob'],
    ['ann'],
  ]);
});

test('who is mentioned is found where no spaces stand, by the longest nick there is', async () => {
  for (const nick of ['小明', '小', 'bobby']) await it.open(nick, { nick });
  it.told();
  await it.say('ann', '你好@小明你好，@bob吗？@小红');
  await it.say('ann', '@bobb @bobbyさん');
  expect(events().map((event) => event.mentions)).toEqual([['小明', 'bob', '小'], ['bobby']]);
});
