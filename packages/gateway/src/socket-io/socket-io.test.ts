import { type Event, problem, type Signal } from '@partyline/protocol';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../answer.ts';
import type { Request } from '../request.ts';
import { opened, stage } from './stage.ts';

const event: Event = {
  ...{ room: 'lobby', seq: 8, at: 1_000, id: 'i', kind: 'message', session: 't', person: 't' },
  ...{ nick: 'bob', text: 'hi' },
};
const joined: Signal = {
  ...{ type: 'presence', room: 'lobby', moreJoined: 0, moreLeft: 0, members: 2, online: 3 },
  changes: [{ change: 'joined', nick: 'bob', session: 't', online: 3 }],
};
const typing: Signal = { type: 'typing', room: 'lobby', nick: 'bob', session: 't' };

/** What a frame says: the name of its event, or its packet type, and its arguments. */
const said = (frame: string): readonly unknown[] => {
  const [, head = '', json = '[]'] = /^(\d+)(.*)$/s.exec(frame) ?? [];
  const payload = JSON.parse(json || '[]');
  return head === '2' ? payload : [head, payload];
};

/** Whatever is asked for is done; who comes is ann. */
const granting = (request: Request): Answer | undefined => {
  switch (request.type) {
    case 'visit':
    case 'login':
      return opened();
    case 'rename':
      return { type: 'renamed', nick: request.nick };
    case 'members':
      return { type: 'members', room: 'lobby', count: 4, members: [] };
    case 'say': {
      const { id } = request;
      return { type: 'published', room: 'lobby', seq: 9, at: 2, ...(id !== undefined && { id }) };
    }
    default:
      return undefined;
  }
};

describe('coming in', () => {
  test('is as a guest, who is told what to come back with', () => {
    const { send, asked } = stage(granting);
    const [connect = '', welcome = ''] = send('0');
    expect(connect).toBe('0{"sid":"s","pid":"s.secret~e"}');
    expect(said(welcome)).toMatchObject([
      'welcome',
      { nickname: 'ann', numUsers: 2, online: 3, resume: 's.secret', resumed: false },
      ';lobby:7',
    ]);
    expect(asked).toEqual([{ type: 'visit', cursors: {} }]);
  });

  test('is under a name with auth, and with its password', () => {
    const { send, asked } = stage(granting);
    send('0{"nickname":"ann","password":"secret"}');
    expect(asked).toEqual([{ type: 'login', nick: 'ann', password: 'secret', cursors: {} }]);
  });

  test('is refused by a connect error that says why', () => {
    const { send } = stage(() => problem('nick-taken'));
    expect(send('0{"nickname":"ann"}')).toEqual([
      '4{"message":"That nickname is taken. Choose another.","data":{"code":"nick-taken"}}',
    ]);
  });

  test('goes on by itself where connection state recovery left off', () => {
    const { send, asked } = stage(() => opened('ann', true));
    const [connect = '', welcome = ''] = send('0{"pid":"s.secret~e","offset":"5;lobby:9"}');
    expect(asked).toEqual([
      { type: 'resume', token: 's.secret', epoch: 'e', at: 5, cursors: { lobby: 9 } },
    ]);
    // The same pid tells the client that it has recovered; the same offset, that nothing is lost again.
    expect(connect).toBe('0{"sid":"s","pid":"s.secret~e"}');
    expect(said(welcome).at(-1)).toBe('5;lobby:9');
  });

  test('of whom the log became another one is told so, and begins at its end', () => {
    const { send } = stage(() => opened('ann', true));
    const [connect = '', welcome = ''] = send('0{"pid":"s.secret~old","offset":"5;lobby:99"}');
    expect(connect).toBe('0{"sid":"s","pid":"s.secret~e"}');
    expect(said(welcome).at(-1)).toBe(';lobby:7');
  });

  test('goes on by cursors that the page keeps, without guessing by time', () => {
    const { send, asked } = stage(() => opened('ann', true));
    send('0{"token":"s.secret","epoch":"e","cursors":{"lobby":9,"ops":2,"x":-1,"y":"1"}}');
    expect(asked).toEqual([
      { type: 'resume', token: 's.secret', epoch: 'e', cursors: { lobby: 9, ops: 2 } },
    ]);
  });

  test('becomes a new session that goes on there when the old one is over', () => {
    const over = ({ type }: Request) => (type === 'resume' ? problem('resume-unknown') : opened());
    const { send, asked } = stage(over);
    const frames = send('0{"pid":"s.secret~e","offset":"5;lobby:9","token":"o.old"}');
    expect(asked.map((it) => it.type)).toEqual(['resume', 'resume', 'visit']);
    expect(asked.at(-1)).toEqual({ type: 'visit', cursors: { lobby: 9 }, epoch: 'e' });
    expect(frames[0]).toMatch(/^0\{"sid"/);
  });

  test('does not end a client’s tries while the line is away', () => {
    const { send, asked } = stage(({ type }) =>
      type === 'quit' ? undefined : problem('unavailable'),
    );
    expect(send('0')).toEqual([]);
    expect(asked.map((it) => it.type)).toEqual(['visit', 'quit']);
  });

  test('happens in no other namespace', () => {
    const { send } = stage(granting);
    expect(send('0/admin,{"token":"x"}')).toEqual(['4/admin,{"message":"Invalid namespace"}']);
    expect(send('2/admin,["chat message","hi"]')).toEqual([]);
  });
});

describe('an event that a client emits', () => {
  const emit = (event: readonly unknown[], ack = '') => {
    const it = stage(granting);
    it.send('0');
    it.asked.length = 0;
    return { ...it, frames: it.send(`2${ack}${JSON.stringify(event)}`) };
  };

  test.each<[readonly unknown[], object]>([
    [['chat message', 'hi'], { type: 'say', text: 'hi', kind: 'message' }],
    [['chat message', 'hi', 'own-id'], { type: 'say', text: 'hi', kind: 'message', id: 'own-id' }],
    [['chat message', 'hi', null], { type: 'say', text: 'hi', kind: 'message' }],
    [
      ['chat message', { message: 'hi', room: 'ops' }],
      { type: 'say', text: 'hi', kind: 'message', room: 'ops' },
    ],
    [
      ['chat message', 'hi', { room: 'ops', id: 'x' }],
      { type: 'say', text: 'hi', kind: 'message', room: 'ops', id: 'x' },
    ],
    [['new message', 'hi'], { type: 'say', text: 'hi', kind: 'message' }],
    [['private message', 'bob', 'psst'], { type: 'private', to: 'bob', text: 'psst' }],
    [['typing'], { type: 'typing' }],
    [['typing', { user: 'ann', typing: true }], { type: 'typing' }],
    [['stop typing'], { type: 'typing', stopped: true }],
    [['nickname', 'anna'], { type: 'rename', nick: 'anna' }],
    [['login', 'ann', 'secret'], { type: 'identify', nick: 'ann', password: 'secret' }],
    [['register', { password: 'secret' }], { type: 'register', password: 'secret' }],
    [['online'], { type: 'members' }],
    [['join', 'ops'], { type: 'join', rooms: ['ops'] }],
    [['leave', 'ops'], { type: 'part', room: 'ops' }],
    [['history', { room: 'ops', limit: 5 }], { type: 'history', room: 'ops', limit: 5 }],
  ])('%j is a request', (args, request) => {
    expect(emit(args).asked[0]).toEqual(request);
  });

  test('registers a name with its password, and not another when that name is taken', () => {
    expect(emit(['register', 'anna', 'secret']).asked).toEqual([
      { type: 'rename', nick: 'anna' },
      { type: 'register', password: 'secret' },
    ]);
    const taken = (it: Request) => (it.type === 'rename' ? problem('nick-taken') : granting(it));
    const { send, asked } = stage(taken);
    send('0');
    expect(said(send('21["register","anna","secret"]')[0] ?? '')).toMatchObject([
      '31',
      [{ ok: false, code: 'nick-taken' }],
    ]);
    expect(asked.map((it) => it.type)).toEqual(['visit', 'rename']);
  });

  test('is acknowledged with the id and place of what was said', () => {
    const { frames, asked } = emit(['chat message', 'hi'], '12');
    expect(asked).toMatchObject([{ type: 'say', id: 'id0' }]);
    expect(frames).toEqual(['312[{"ok":true,"id":"id0","room":"lobby","seq":9,"at":2}]']);
  });

  test('uses a slash command that somebody serves, and says what nobody does', () => {
    const typed = (text: string) => {
      const it = stage((request) => {
        if (request.type !== 'invoke') return granting(request);
        return request.name === 'dns' ? undefined : problem('command-unserved', { name: 'x' });
      });
      it.send('0');
      return { frames: it.send(`21["chat message","${text}",{"room":"ops"}]`), asked: it.asked };
    };
    const used = typed('/dns example.org A');
    expect(used.asked.slice(1)).toEqual([
      { type: 'invoke', name: 'dns', args: 'example.org A', room: 'ops' },
    ]);
    expect(used.frames).toEqual(['31[{"ok":true}]']);
    const said = typed('/shrug');
    expect(said.asked.slice(2)).toMatchObject([{ type: 'say', text: '/shrug', room: 'ops' }]);
    expect(said.frames[0]).toContain('"ok":true,"id":"id0"');
    expect(typed('/etc/hosts is a path').asked[1]).toMatchObject({ type: 'say' });
  });

  test('is acknowledged when there is nothing to say of it', () => {
    expect(emit(['stop typing'], '0').frames).toEqual(['30[{"ok":true}]']);
  });

  test('is answered by an event when nobody waits for an acknowledgement', () => {
    const [list = ''] = emit(['online']).frames;
    expect(said(list)).toMatchObject(['list', { room: 'lobby', count: 4 }]);
    expect(emit(['chat message', 'hi']).frames).toEqual([]);
  });

  test('that can’t be is told with what would be right, by acknowledgement or event', () => {
    const wrong = { code: 'member-bad', message: expect.stringContaining('type chat message') };
    const [ack = ''] = emit(['chat message', 5], '1').frames;
    expect(said(ack)).toMatchObject(['31', [{ ok: false, ...wrong }]]);
    const [told = ''] = emit(['chat message', 5]).frames;
    expect(said(told)).toMatchObject(['problem', { ...wrong, event: 'chat message' }]);
    const [unknown = ''] = emit(['__proto__', {}]).frames;
    expect(said(unknown)).toMatchObject(['problem', { code: 'type-unknown' }]);
  });

  test('is bounded in what is told back of it', () => {
    const [told = ''] = emit(['x'.repeat(30_000)]).frames;
    expect(told.length).toBeLessThan(2_000);
  });
});

describe('what is no event', () => {
  test.each([
    ['packet-bad', ''],
    ['packet-bad', '9'],
    ['packet-bad', '2'],
    ['packet-bad', '2{"a":1}'],
    ['packet-bad', '2["disconnect"]'],
    ['packet-bad', `2${'9'.repeat(400)}["chat message","hi"]`],
    ['packet-bad', '4{"message":"x"}'],
    ['packet-bad', '0"x"'],
    ['binary-bad', '51-["chat message",{"_placeholder":true,"num":0}]'],
    ['binary-bad', '59999-["chat message"]'],
    ['binary-bad', '61-1[{"_placeholder":true,"num":0}]'],
  ])('is refused as %s: %s', (code, frame) => {
    const { send } = stage(granting);
    send('0');
    expect(said(send(frame)[0] ?? '')).toMatchObject(['problem', { code }]);
  });

  test('is a goodbye when it says so', () => {
    const { send, asked } = stage(granting);
    send('0');
    send('1');
    expect(asked.at(-1)).toEqual({ type: 'quit' });
  });

  test('may be as deep as a packet can be', () => {
    const { send } = stage(granting);
    send('0');
    const deep = `${'['.repeat(16_000)}${']'.repeat(16_000)}`;
    expect(said(send(`2["chat message",${deep}]`)[0] ?? '')).toMatchObject(['problem', {}]);
    expect(said(send(`2["${deep}",1]`)[0] ?? '')).toMatchObject(['problem', {}]);
  });
});

describe('what a room hears', () => {
  test('is told as in the tutorial, each message with its offset last', () => {
    const { interpreter } = stage();
    expect(said(interpreter.renderer.event(event)[0] ?? '')).toEqual([
      'chat message',
      'hi',
      { nickname: 'bob', room: 'lobby', seq: 8, at: 1_000, id: 'i' },
      '1000;lobby:8',
    ]);
    expect(
      said(interpreter.renderer.event({ ...event, to: 'ann', room: '~a~b' })[0] ?? ''),
    ).toMatchObject(['private message', { message: 'hi', from: 'bob', to: 'ann' }, '1000;~a~b:8']);
    expect(interpreter.renderer.echo).toBe(false);
  });

  test('tells who came, and how many there are', () => {
    const { interpreter } = stage();
    expect(said(interpreter.renderer.signal(joined)[0] ?? '')).toMatchObject([
      'user joined',
      { username: 'bob', numUsers: 2, nickname: 'bob', online: 3, room: 'lobby' },
    ]);
  });

  test('is told as in the chat demo once a user is added', () => {
    const { interpreter, send, asked } = stage(granting);
    send('0');
    const [login = ''] = send('2["add user","Ann Bee"]');
    expect(asked.slice(1)).toEqual([
      { type: 'rename', nick: 'Ann_Bee' },
      { type: 'members', limit: 1 },
    ]);
    expect(said(login)).toEqual(['login', { numUsers: 4, nickname: 'Ann_Bee' }]);
    expect(said(interpreter.renderer.event(event)[0] ?? '')).toMatchObject([
      'new message',
      { username: 'bob', message: 'hi' },
      '1000;lobby:8',
    ]);
  });

  test('tells a user of the demo that somebody stopped typing, which nobody says', () => {
    let now = 0;
    const { interpreter, send, chores } = stage(granting, () => now);
    send('0');
    send('2["add user","ann"]');
    const [told = ''] = interpreter.personal.signal(typing);
    expect(said(told)).toMatchObject(['typing', { username: 'bob' }]);
    expect(chores()).toEqual([]);
    now = 6_000;
    expect(chores().map(said)).toMatchObject([['stop typing', { username: 'bob', room: 'lobby' }]]);
    expect(chores()).toEqual([]);
  });

  test('tells once that somebody stopped typing who says so', () => {
    let now = 0;
    const { interpreter, send, chores } = stage(granting, () => now);
    send('0');
    send('2["add user","ann"]');
    interpreter.personal.signal(typing);
    const [told = ''] = interpreter.personal.signal({ ...typing, stopped: true });
    expect(said(told)).toEqual([
      'stop typing',
      { username: 'bob', nickname: 'bob', room: 'lobby' },
    ]);
    now = 6_000;
    expect(chores()).toEqual([]);
  });

  test('is told under another name when that of a demo’s user is taken', () => {
    const taken = (it: Request) =>
      it.type === 'rename' && it.nick === 'ann' ? problem('nick-taken') : granting(it);
    const { send } = stage(taken);
    send('0{"nickname":"guest"}');
    expect(send('2["add user","ann"]').map(said)).toMatchObject([['login', { nickname: 'ann' }]]);
    const other = stage((it) => (it.type === 'visit' ? opened('guest-1') : taken(it)));
    other.send('0');
    expect(other.send('2["add user","ann"]').map(said)).toEqual([
      ['login', { numUsers: 4, nickname: 'ann_2' }],
    ]);
  });
});

test('a client that may come back is not told to stay away, and any other is', () => {
  const { interpreter } = stage();
  const you = { nick: 'ann', session: 's' };
  const [restart = '', ...none] = interpreter.show({ type: 'closing', reason: 'shutdown' }, you);
  expect(said(restart)).toMatchObject(['close', { code: 'shutdown', resume: true }]);
  expect(none).toEqual([]);
  expect(interpreter.show({ type: 'closing', reason: 'kicked' }, you).at(-1)).toBe('1');
});
