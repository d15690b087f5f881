import { readDatagram } from '@partyline/lan';
import type { Event, StreamLine } from '@partyline/protocol';
import { expect, it } from 'vitest';
import { Cookies } from './cookies.ts';
import { Feed } from './feed.ts';
import { createRepairs } from './repairs.ts';

const source = { address: '192.168.1.7', port: 50_000, family: 'IPv4' } as const;
const event = (seq: number): Event => ({
  ...{ room: 'ops', seq, at: 0, id: `${seq}`, kind: 'message', session: 's', person: 'p' },
  ...{ nick: 'ann', text: 'hi' },
});

const fed = (first = 1) => {
  const clock = { ms: 0 };
  const sent: Buffer[] = [];
  const followed: [string, number][] = [];
  const feed = new Feed({
    ...{ rooms: ['ops'], port: 7020, send: (it: Buffer) => sent.push(it) },
    follow: (room, after) => followed.push([room, after]),
  });
  feed.take([
    { type: 'welcome', epoch: 'e', heads: { ops: 9 }, online: 1 } as unknown as StreamLine,
  ]);
  const cookies = new Cookies(Buffer.from('key'), () => clock.ms);
  const repair = createRepairs({
    ...{ feed, cookies },
    events: async (room, query) => ({
      ...{ epoch: 'e', room, first, head: 9 },
      events: Array.from({ length: 9 }, (_, i) => event(i + 1))
        .filter((it) => it.seq >= first && 'after' in query && it.seq > query.after)
        .slice(0, query.limit),
    }),
  });
  const ask = async (from: number, to: number, cookie?: string, who = source) => {
    const question = { type: 'repair', epoch: 'e', room: 'ops', from, to } as const;
    const { outcome, answers } = await repair(
      { ...question, ...(cookie !== undefined && { cookie }) },
      who as typeof source,
    );
    return { outcome, told: answers.map((it) => readDatagram(it)) };
  };
  const cookie = async (who = source): Promise<string> => {
    const [it] = (await ask(1, 1, undefined, who)).told;
    return it?.type === 'cookie' ? it.cookie : '';
  };
  return { ask, cookie, clock, feed, sent, followed };
};

it('answers a source that proved itself from the log, with what it missed and no more', async () => {
  const { ask, cookie } = fed();
  expect(await ask(3, 5, await cookie())).toEqual({
    outcome: 'repaired',
    told: [{ type: 'feed', epoch: 'e', events: [event(3), event(4), event(5)] }],
  });
});

it('answers nobody else with more than a cookie, which is another’s for every source and goes stale', async () => {
  const { ask, cookie, clock } = fed();
  const other = { ...source, address: '192.168.1.8' } as unknown as typeof source;
  const its = await cookie();
  expect(await ask(3, 5, 'made up')).toMatchObject({ outcome: 'unproven' });
  expect(await ask(3, 5, its, other)).toMatchObject({ outcome: 'unproven' });
  clock.ms = 60_000;
  expect(await ask(3, 5, its)).toMatchObject({ outcome: 'repaired' });
  clock.ms = 120_000;
  expect(await ask(3, 5, its)).toMatchObject({ outcome: 'unproven' });
});

it('asks for no more bytes in proof than a question brings', async () => {
  const { ask } = fed();
  const { told } = await ask(1, 1);
  const question = JSON.stringify({ type: 'repair', epoch: 'e', room: 'ops', from: 1, to: 1 });
  expect(JSON.stringify(told[0]).length).toBeLessThanOrEqual(question.length);
});

it('tells where the log goes on, when what was missed is not there any more', async () => {
  const { ask, cookie } = fed(6);
  const { told } = await ask(3, 7, await cookie());
  expect(told).toMatchObject([
    { type: 'heads', rooms: [{ room: 'ops', first: 6, head: 9 }] },
    { type: 'feed', events: [{ seq: 6 }, { seq: 7 }] },
  ]);
});

it('gives rooms that are not fed to nobody', async () => {
  const { feed } = fed();
  const repair = createRepairs({
    ...{ feed, cookies: new Cookies(Buffer.from('key'), () => 0) },
    events: () => expect.fail('the log was read'),
  });
  const question = { type: 'repair', epoch: 'e', room: 'secret', from: 1, to: 9 } as const;
  expect(await repair(question, source)).toEqual({ outcome: 'not-fed', answers: [] });
});

it('sends the events of one turn together, and soon tells how far it came', async () => {
  const { feed, sent, followed } = fed();
  expect(followed).toEqual([['ops', 9]]);
  feed.take([event(10), event(11)].map((it) => ({ type: 'event', event: it })));
  feed.take([{ type: 'event', event: { ...event(1), room: 'lobby' } }]);
  await expect
    .poll(() => sent.map((it) => readDatagram(it)))
    .toMatchObject([
      { type: 'feed', events: [{ seq: 10 }, { seq: 11 }] },
      { type: 'heads', rooms: [{ room: 'ops', head: 11 }] },
    ]);
});
