import { expect, test } from 'vitest';
import { type CommandType, commands } from './command.ts';
import { limits } from './limits.ts';
import { parseEnvelope } from './validate.ts';

const token = `abcdefghijklmnop.${'s'.repeat(32)}`;
const wire = 'text+tcp';

/** One valid command of each type. */
const examples: { readonly [T in CommandType]: object } = {
  open: { nick: 'ada', token, wire, address: '192.0.2.1', rooms: ['lobby'] },
  resume: { token, wire },
  close: { reason: 'bye' },
  detach: {},
  say: { room: 'lobby', text: 'hi', kind: 'action', ref: { of: 'bob' } },
  private: { to: 'bob', text: 'hi', ref: 41 },
  edit: { room: 'lobby', ref: { mine: true }, text: 'hello' },
  delete: { room: 'lobby', ref: 41 },
  react: { room: 'lobby', ref: { back: 2 }, text: '👍', remove: true },
  away: { text: 'lunch' },
  back: {},
  setname: { realName: 'Ada Lovelace' },
  rename: { nick: 'lovelace' },
  join: { room: 'tea' },
  part: { room: 'tea' },
  configure: { room: 'tea', visibility: 'private', speak: 'everyone', keepMs: 1, keepCount: 1 },
  invite: { room: 'tea', nick: 'bob', remove: true },
  mark: { room: 'tea', seq: 41, at: 1_700_000_000_000 },
  topic: { room: 'tea', text: 'Assam' },
  typing: { room: 'tea' },
  invoke: { name: 'dns', args: 'example.org', room: 'tea' },
  announce: {
    ...{ room: 'tea', text: 'It is served.', nick: 'butler' },
    card: { type: 'dns', report: { name: 'tea.example', resolve: [], differences: [] } },
  },
  upload: { room: '@bob' },
  share: { room: 'tea', text: 'kettle.jpg' },
  watch: { room: 'ops', name: 'tea.example', types: 'A+MX', everyMs: 30_000 },
  unwatch: { room: 'ops', name: '192.0.2.1', types: '' },
  watches: { room: 'ops' },
  observe: {
    ...{ room: 'ops', name: 'tea.example', types: '', revision: 1 },
    state: {
      findings: [
        { type: 'A', server: 'near', result: 'found', records: ['192.0.2.1'], mark: 'x' },
        { type: 'AAAA', server: 'near', result: 'no-data' },
      ],
      differences: [{ between: 'servers', type: 'A', why: 'zone-lag' }],
    },
    news: { text: 'It has changed.', nick: 'dns' },
  },
  kick: { target: 'abcdefghijklmnop', reason: 'spam' },
  remove: { room: 'tea', nick: 'bob', reason: 'spam' },
  ban: { room: '*', who: '192.0.2.0/24', reason: 'spam', forMs: 60_000 },
  unban: { room: 'tea', who: 'account:bob' },
  bans: { room: 'tea' },
  mute: { room: 'tea', nick: 'bob', reason: 'spam', forMs: 60_000 },
  unmute: { room: 'tea', nick: 'bob' },
  slow: { room: 'tea', ms: 10_000 },
  role: { room: 'tea', nick: 'bob', role: 'moderator' },
};
const types = Object.keys(commands) as CommandType[];

const envelope = (command: object, more: object = {}): string =>
  JSON.stringify({ id: 'm1', session: 'abcdefghijklmnop', command, ...more });

test.each(types)('takes an envelope of type %s as it is', (type) => {
  const line = envelope({ type, ...examples[type] });
  expect(parseEnvelope(line)).toEqual(JSON.parse(line));
});

test.each(types.filter((type) => Object.keys(examples[type]).length > 0))(
  'names the member of %s that has a wrong type',
  (type) => {
    for (const member of Object.keys(examples[type])) {
      const line = envelope({ type, ...examples[type], [member]: null });
      expect(parseEnvelope(line)).toMatchObject({
        ...{ code: 'member-bad', params: { type, member: `command.${member}` } },
      });
    }
  },
);

test('names a member that is missing', () => {
  expect(parseEnvelope(envelope({ type: 'say', text: 'hi' }))).toMatchObject({
    ...{ code: 'member-bad', message: 'Member command.room of type say must be given.' },
  });
});

test('says what a line is that is no JSON object', () => {
  for (const line of ['', '{', 'hi', '{"id":"m1",}', '\u0000'])
    expect(parseEnvelope(line)).toMatchObject({ code: 'json-bad' });
  for (const line of ['null', '7', '[]', '"x"', '{}', '{"command":null}'])
    expect(parseEnvelope(line)).toMatchObject({ code: 'type-unknown' });
});

test('tells an unknown type back, but not at length', () => {
  expect(parseEnvelope(envelope({ type: 'shout' }))).toMatchObject({
    code: 'type-unknown',
    message: expect.stringContaining('There is no type "shout". Types are: open, resume, '),
  });
  for (const type of [
    'toString',
    '__proto__',
    'constructor',
    'x'.repeat(10_000),
    { toString: 1 },
  ]) {
    const refused = parseEnvelope(envelope({ type }));
    expect(refused).toMatchObject({ code: 'type-unknown' });
    expect(JSON.stringify(refused).length).toBeLessThan(1_000);
  }
});

test('refuses an id that is missing, empty or too long', () => {
  const command = { type: 'detach' };
  for (const id of [undefined, '', 'i'.repeat(limits.idCodePoints + 1), 7])
    expect(parseEnvelope(envelope(command, { id }))).toMatchObject({ code: 'id-bad' });
  const longest = '𝕚'.repeat(limits.idCodePoints);
  expect(parseEnvelope(envelope(command, { id: longest }))).toMatchObject({ id: longest });
});

test('counts the characters of a text, not its UTF-16 code units', () => {
  const say = (text: string): string => envelope({ type: 'say', room: 'lobby', text });
  expect(parseEnvelope(say('😀'.repeat(limits.textCodePoints)))).toMatchObject({ id: 'm1' });
  expect(parseEnvelope(say('x'.repeat(limits.textCodePoints + 1)))).toMatchObject({
    ...{ code: 'member-bad', params: { member: 'command.text' } },
  });
});

test('refuses a token without a secret, or with too short a one', () => {
  for (const bad of [
    'abcdefghijklmnopqrstuvwx',
    `abcdefghijklmnop.${'s'.repeat(8)}`,
    `a b.${'s'.repeat(32)}`,
  ])
    expect(parseEnvelope(envelope({ type: 'resume', token: bad, wire }))).toMatchObject({
      ...{ code: 'member-bad', params: { member: 'command.token' } },
    });
});
