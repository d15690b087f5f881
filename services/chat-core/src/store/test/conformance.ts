import {
  type Card,
  type EventQuery,
  isProblem,
  limits,
  type ProbeState,
  usualSettings,
} from '@partyline/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventOf } from '../event-of.ts';
import type { HookRow } from '../hooks/rows.ts';
import type { Changes, Store } from '../port.ts';
import type { AccountRow, EventRow, RoomRow, SessionRow } from '../rows.ts';
import type { Search } from '../search/searching.ts';
import { termsOf } from '../search/words.ts';

/** A store that a test opens. */
export type StoreUnderTest = {
  readonly open: () => Promise<Store>;
  readonly clean: () => Promise<void>;
};

/** A batch that changes nothing. */
export const nothing: Changes = {
  ...{ events: [], erased: [], rooms: [], cursors: [], markers: [] },
  certificates: { put: [], drop: [] },
  accounts: { put: [], drop: [] },
  sessions: { put: [], drop: [] },
  names: { put: [], drop: [] },
  members: { put: [], drop: [] },
  instances: { put: [], drop: [] },
  invitations: { put: [], drop: [] },
  moderation: {
    ...{ roles: { put: [], drop: [] }, mutes: { put: [], drop: [] }, bans: { put: [], drop: [] } },
    ...{ paces: [], audit: [], forgotten: [] },
  },
  lockouts: { put: [], drop: [] },
  hooks: { hooks: { put: [], drop: [] }, begun: [], cursors: [] },
  watches: { put: [], drop: [] },
  tokens: { put: [], drop: [] },
};

/** A room as it is made. */
export const room = (name: string, its: Partial<RoomRow> = {}): RoomRow => ({
  ...{ room: name, seq: 0, lastAt: 0, members: 0, topic: null, topicBy: null, topicAt: null },
  ...{ ...usualSettings, slowMs: 0, createdAt: 1 },
  ...its,
});

export const event = (seq: number, its: Partial<EventRow> = {}): EventRow => ({
  ...{ room: 'lobby', seq, at: 1_000 + seq, id: `id${seq}`, kind: 'message', session: 's1' },
  ...{ person: 's1', nick: 'ann', text: `text ${seq}`, to: null, ref: null, mentions: null },
  card: null,
  ...its,
});

const card: Card = {
  type: 'dns',
  report: {
    ...{ name: 'a.example', differences: [] },
    resolve: [{ type: 'A', server: 'near', result: 'found', records: ['192.0.2.1'], ms: 0.5 }],
  },
};

export const session = (id: string, its: Partial<SessionRow> = {}): SessionRow => ({
  ...{ session: id, tokenHash: 'h', state: 'live', until: null, nick: id, nameKey: id, person: id },
  ...{
    account: null,
    instance: 'i1',
    wire: 'text+tcp',
    address: null,
    openedAt: 1,
    rooms: null,
    realName: null,
    away: null,
  },
  ...its,
});

/** What every store must do, whatever it is made of. */
export const storeConformance = (name: string, make: () => Promise<StoreUnderTest>): void => {
  describe(name, () => {
    let under: StoreUnderTest;
    let store: Store;
    beforeEach(async () => {
      under = await make();
      store = await under.open();
    });
    afterEach(async () => {
      await store[Symbol.asyncDispose]();
      await under.clean();
    });

    const apply = (changes: Partial<Changes>): Promise<void> =>
      store.write((tx) => tx.apply({ ...nothing, ...changes }));

    test('gives back rows as they were put, and nothing for keys that are not there', async () => {
      const ended = session('s2', {
        state: 'ended',
        until: 9,
        rooms: { lobby: 3 },
        address: '::1',
        realName: 'Ann Bee',
        away: { text: 'lunch', told: ['s9'] },
      });
      const instance = {
        ...{
          instance: 'i1',
          kind: 'tcp-gateway',
          endpoints: ['text+tcp://h:1'],
          commands: [{ name: 'dns', usage: 'NAME', about: 'look a name up' }],
        },
        ...{ rooms: ['ops'], startedAt: 1, leaseUntil: 2 },
        bot: { bot: 'b-1', rooms: ['*'], until: 7 },
      };
      const account = {
        ...{ account: 'a-1', nameKey: 'ann', nick: 'Ann', skeleton: 'ann' },
        ...{ password: 'x', createdAt: 1, bot: null },
      };
      await apply({
        sessions: { put: [session('s1'), ended], drop: [] },
        instances: { put: [instance], drop: [] },
        accounts: { put: [account], drop: [] },
        rooms: [room('lobby', { topic: 'a "quoted"\ntopic ü 😀', topicBy: 'ann', topicAt: 7 })],
        names: { put: [{ nameKey: 's1', nick: 'S1', person: 's1' }], drop: [] },
        members: { put: [{ room: 'lobby', session: 's1', since: 4 }], drop: [] },
      });
      await store.write(async (tx) => {
        expect(await tx.sessions(['s2', 'nobody'])).toEqual([ended]);
        expect(await tx.instances(['i1', 'i2'])).toEqual([instance]);
        expect(await tx.allInstances()).toEqual([instance]);
        expect(await tx.accounts(['a-1'])).toEqual([account]);
        expect(await tx.accountsByName(['ann', 'bob'])).toEqual([account]);
        expect(await tx.accountsBySkeleton(['ann', 'bob'])).toEqual([account]);
        expect(await tx.names(['s1', 'x'])).toEqual([{ nameKey: 's1', nick: 'S1', person: 's1' }]);
        expect(await tx.members(['s1', 's2'])).toEqual([
          { room: 'lobby', session: 's1', since: 4 },
        ]);
        expect(await tx.rooms(['lobby', 'ops'])).toMatchObject([{ topicBy: 'ann', topicAt: 7 }]);
        expect(await tx.online()).toBe(1);
      });
    });

    test('asks for nothing when there are no keys', async () => {
      await store.write(async (tx) => {
        expect(await tx.sessions([])).toEqual([]);
        expect(await tx.published([])).toEqual([]);
        expect(await tx.referred([])).toEqual([]);
        expect(await tx.reactions([])).toEqual([]);
        await tx.apply(nothing);
      });
    });

    test('replaces rows that are put again, and forgets those that are dropped', async () => {
      await apply({ sessions: { put: [session('s1'), session('s2')], drop: [] } });
      const renamed = session('s1', { nick: 'Other', nameKey: 'other' });
      await apply({ sessions: { put: [renamed], drop: [{ session: 's2' }] } });
      await store.write(async (tx) => {
        expect(await tx.sessions(['s1', 's2'])).toEqual([renamed]);
      });
    });

    test('tells sessions by person, by instance, and by time', async () => {
      const here = session('s1', { person: 'a-1', account: 'a-1' });
      const away = session('s2', { person: 'a-1', account: 'a-1', state: 'detached', until: 50 });
      const over = session('s3', { person: 'a-1', account: 'a-1', state: 'ended', until: 60 });
      const other = session('s4', { instance: 'i2' });
      await apply({ sessions: { put: [here, away, over, other], drop: [] } });
      const ids = (rows: readonly SessionRow[]): string[] => rows.map((it) => it.session).sort();
      await store.write(async (tx) => {
        expect(ids(await tx.sessionsOfPersons(['a-1']))).toEqual(['s1', 's2']);
        expect(ids(await tx.resumable(['a-1', 's4']))).toEqual(['s3']);
        expect(ids(await tx.sessionsOfInstances(['i1'], 10))).toEqual(['s1', 's2']);
        expect(await tx.sessionsOfInstances(['i1', 'i2'], 2)).toHaveLength(2);
        expect(ids(await tx.sessionsDue(49, 10))).toEqual([]);
        expect(ids(await tx.sessionsDue(50, 10))).toEqual(['s2']);
        expect(ids(await tx.sessionsDue(60, 10))).toEqual(['s2', 's3']);
      });
    });

    test('tells what an instance reads by its live sessions', async () => {
      await apply({
        rooms: [room('lobby', { seq: 5 }), room('~s1~s2', { seq: 2 })],
        sessions: {
          put: [session('s1'), session('s2', { state: 'detached', until: 1 })],
          drop: [],
        },
        members: {
          put: [
            { room: 'lobby', session: 's1', since: 1 },
            { room: 'lobby', session: 's2', since: 1 },
            { room: '~s1~s2', session: 's1', since: 0 },
          ],
          drop: [],
        },
      });
      await store.write(async (tx) => {
        const reading = [...(await tx.reading('i1'))].sort((a, b) => a.seq - b.seq);
        expect(reading).toEqual([
          { room: '~s1~s2', sessions: 1, seq: 2 },
          { room: 'lobby', sessions: 1, seq: 5 },
        ]);
        expect(await tx.pairs('i1')).toEqual([{ room: '~s1~s2', session: 's1', since: 0 }]);
      });
    });

    test('tells where something waits for an account', async () => {
      await apply({
        rooms: [room('~a-1~s2', { seq: 5 }), room('~a-1~s3', { seq: 2 })],
        cursors: [
          { room: '~a-1~s2', account: 'a-1', seq: 3 },
          { room: '~a-1~s3', account: 'a-1', seq: 0 },
        ],
      });
      await apply({ cursors: [{ room: '~a-1~s3', account: 'a-1', seq: 2 }] });
      await store.write(async (tx) => {
        expect(await tx.waiting(['a-1', 'a-2'])).toEqual([
          { room: '~a-1~s2', account: 'a-1', seq: 3 },
        ]);
        expect(await tx.waiting([])).toEqual([]);
      });
    });

    test('tells how far outgoing webhooks were told, and which rooms go on', async () => {
      const hook = (id: string, rooms: readonly string[]): HookRow => ({
        ...{ hook: id, url: 'https://h/x', secret: 'whsec_x', rooms, kinds: ['message'] },
        ...{ createdAt: 1, failingSince: 7, error: 'refused', disabledAt: null },
        ...{ refusals: 1, lastRefusal: { room: 'ops', seq: 2, at: 3, error: 'no' } },
      });
      const [all, one] = [hook('h-1', ['*', 'den']), hook('h-2', ['ops', 'later'])];
      const rooms = (seq: number): RoomRow[] => [
        ...[room('ops', { seq }), room('hall', { seq }), room('~a~b', { seq })],
        ...[room('den', { seq, visibility: 'private' })],
        ...[room('cell', { seq, visibility: 'private' })],
      ];
      await apply({ rooms: rooms(5) });
      const hooks = { put: [all, one], drop: [] };
      await apply({ hooks: { hooks, begun: [all, one], cursors: [] } });
      const { read } = store;
      expect(await read.hooks.hooks()).toEqual([all, one]);
      expect(await read.hooks.behind(all, 9)).toEqual([]);
      await apply({ rooms: [...rooms(6), room('later', { seq: 2 }), room('new', { seq: 1 })] });
      expect(await read.hooks.behind(all, 9)).toEqual(['den', 'hall', 'later', 'new', 'ops']);
      expect(await read.hooks.behind(all, 2)).toEqual(['den', 'hall']);
      expect(await read.hooks.behind(one, 9)).toEqual(['later', 'ops']);
      expect(await read.hooks.cursor('h-2', 'ops')).toBe(5);
      expect(await read.hooks.cursor('h-2', 'later')).toBe(0);
      const cursors = [{ room: 'ops', hook: 'h-2', seq: 6 }];
      await apply({ hooks: { hooks: { put: [], drop: [] }, begun: [], cursors } });
      expect(await read.hooks.behind(one, 9)).toEqual(['later']);
      const drop = [{ hook: 'h-2' }];
      await apply({ hooks: { hooks: { put: [], drop }, begun: [], cursors: [] } });
      expect(await read.hooks.hooks()).toEqual([all]);
      expect(await read.hooks.cursor('h-2', 'ops')).toBe(0);
      await store.write(async (tx) => {
        expect(await tx.hooks(['h-1', 'h-2'])).toEqual([all]);
      });
    });

    test('forgets accounts that are dropped, and tells which are of bots', async () => {
      const person = {
        ...{ account: 'a-1', nameKey: 'ann', nick: 'Ann', skeleton: 'ann' },
        ...{ password: 'x', createdAt: 1, bot: null },
      };
      const bot = (account: string, nick: string): AccountRow => ({
        ...person,
        ...{ account, nick, nameKey: nick, skeleton: nick, password: '' },
        bot: {
          ...{ use: 'token', tokenHash: 'h', scopes: ['say', 'read'], rooms: ['*', 'ops'] },
          ...{ usedAt: 7, until: null },
        },
      });
      const [first, second] = [bot('b-2', 'butler'), bot('b-1', 'cook')];
      await apply({ accounts: { put: [person, second, first], drop: [] } });
      expect(await store.read.bots()).toEqual([first, second]);
      expect(await store.read.account('b-1')).toEqual(second);
      expect(await store.read.account('a-1')).toEqual(person);
      expect(await store.read.accountByName('butler')).toEqual(first);
      await apply({ accounts: { put: [], drop: [{ account: 'b-2' }, { account: 'a-1' }] } });
      expect(await store.read.bots()).toEqual([second]);
      expect(await store.read.account('a-1')).toBeUndefined();
    });

    test('keeps wrong passwords by place and name', async () => {
      const row = (key: string, at: number) => ({ key, mistakes: 2, at, until: at + 1 });
      await apply({ lockouts: { put: [row('a', 1), row('b', 2), row('c', 3)], drop: [] } });
      await apply({ lockouts: { put: [row('b', 9)], drop: [{ key: 'c' }] } });
      expect(await store.read.lockouts(['b', 'c'])).toEqual([row('b', 9)]);
      await store.write(async (tx) => {
        expect(await tx.lockouts(['a', 'c'])).toEqual([row('a', 1)]);
        expect(await tx.lockoutsBefore(8, 10)).toEqual([row('a', 1)]);
        expect(await tx.lockoutsBefore(9, 1)).toHaveLength(1);
      });
    });

    test('tells where a session is from', async () => {
      const far = session('s1', { address: '192.0.2.1' });
      await apply({ sessions: { put: [far, session('s2')], drop: [] } });
      const addresses = await Promise.all(['s1', 's2', 's3'].map((it) => store.read.addressOf(it)));
      expect(addresses).toEqual(['192.0.2.1', null, undefined]);
    });

    test('knows a publish by room, person and id', async () => {
      await apply({
        rooms: [room('lobby', { seq: 2 })],
        events: [event(1), event(2, { id: 'id1', person: 's2' })],
      });
      await store.write(async (tx) => {
        const asked = { room: 'lobby', person: 's1', id: 'id1' };
        const found = await tx.published([asked, { ...asked, id: 'x' }, { ...asked, room: 'ops' }]);
        expect(found).toMatchObject([{ ...asked, seq: 1, at: 1_001 }]);
      });
    });

    test('finds nothing under keys that no text can be, and keeps texts that look like them', async () => {
      const text = String.raw`\u0000 \\ud800 👍`;
      await apply({ rooms: [room('lobby', { seq: 1 })], events: [event(1, { text })] });
      await store.write(async (tx) => {
        for (const id of ['id1\0', '\0', '\ud800', 'id1\udfff'])
          expect(await tx.published([{ room: 'lobby', person: 's1', id }])).toEqual([]);
        expect(await tx.published([{ room: 'lobby', person: 's1', id: 'id1' }])).toHaveLength(1);
      });
      const { events } = await store.read.page('lobby', { after: 0, limit: 1 });
      expect(events[0]?.text).toBe(text);
    });

    test('tells of an event that is referred to as its last edit has it', async () => {
      const long = '👍'.repeat(100);
      await apply({
        rooms: [room('lobby', { seq: 4 }), room('ops', { seq: 1 })],
        events: [
          event(1, { to: 'bob', mentions: ['bob'] }),
          event(2, { kind: 'edit', ref: 1, text: 'better' }),
          event(3, { kind: 'edit', ref: 1, text: long }),
          event(4, { text: long }),
          event(1, { room: 'ops' }),
        ],
      });
      const keys = [1, 4, 5].map((seq) => ({ room: 'lobby', seq }));
      const found = await store.write((tx) => tx.referred(keys));
      const text = '👍'.repeat(limits.quoteCodePoints + 1);
      expect([...found].sort((a, b) => a.seq - b.seq)).toEqual([
        { ...keys[0], at: 1_001, kind: 'message', person: 's1', nick: 'ann', to: 'bob', text },
        { ...keys[1], at: 1_004, kind: 'message', person: 's1', nick: 'ann', to: null, text },
      ]);
    });

    test('tells with a page what changed its events later, where that is asked for', async () => {
      await apply({
        rooms: [room('lobby', { seq: 8 })],
        events: [
          event(1, { text: 'one' }),
          event(2, { text: 'two' }),
          event(3, { kind: 'edit', ref: 1, text: 'one again' }),
          event(4, { kind: 'react', ref: 2, text: '👍' }),
          event(5, { text: 'five', ref: 1 }),
          event(6, { kind: 'edit', ref: 1, text: 'one at last' }),
          event(7, { kind: 'unreact', ref: 2, text: '👍' }),
          event(8, { kind: 'edit', ref: 5, text: 'of another page' }),
        ],
      });
      const laterOf = async (query: EventQuery) =>
        (await store.read.page('lobby', query)).later?.map(({ seq, text }) => [seq, text]);
      expect(await laterOf({ after: 0, limit: 2, later: true })).toEqual([
        [4, '👍'],
        [6, 'one at last'],
        [7, '👍'],
      ]);
      expect(await laterOf({ after: 2, limit: 1, later: true })).toEqual([]);
      expect(await laterOf({ after: 4, limit: 10, later: true })).toEqual([]);
      expect(await laterOf({ after: 0, limit: 2 })).toBeUndefined();
    });

    test('quotes in a page what events refer to, as that was then', async () => {
      await apply({
        rooms: [room('lobby', { seq: 5 })],
        events: [
          event(1, { nick: 'ann', text: 'one\ntwo' }),
          event(2, { nick: 'bob', ref: 1, mentions: ['ann', 'Eve'] }),
          event(3, { kind: 'edit', ref: 1, text: 'three' }),
          event(4, { kind: 'react', ref: 1, text: '👍' }),
          event(5, { ref: 9 }),
        ],
      });
      const { events } = await store.read.page('lobby', { after: 0, limit: 9 });
      expect(events.map(({ ref, quote, mentions }) => ({ ref, quote, mentions }))).toEqual([
        {},
        { ref: 1, quote: { nick: 'ann', text: 'one two' }, mentions: ['ann', 'Eve'] },
        { ref: 1, quote: { nick: 'ann', text: 'one two' } },
        { ref: 1, quote: { nick: 'ann', text: 'three' } },
        { ref: 9 },
      ]);
    });

    test('keeps a card as it was given', async () => {
      const { page } = store.read;
      await apply({ rooms: [room('lobby', { seq: 1 })], events: [event(1, { card })] });
      expect((await page('lobby', { after: 0, limit: 9 })).events).toMatchObject([{ card }]);
    });

    test('keeps watched names, and tells which are due', async () => {
      const watch = {
        ...{ room: 'ops', name: 'a', types: 'A+MX', everyMs: 30_000, by: 'ann', at: 1, dueAt: 20 },
        ...{ revision: 0, told: null, seen: null, times: 0, patience: 2, calm: 0 },
      };
      const state: ProbeState = {
        findings: [{ type: 'A', result: 'found', records: ['192.0.2.1'] }],
        differences: [],
      };
      const other = { ...watch, name: 'b', dueAt: 10, told: state, seen: state };
      const late = { ...watch, types: '', dueAt: 30 };
      await apply({ watches: { put: [watch, other, late], drop: [] } });
      expect(await store.read.watches.all()).toEqual([late, watch, other]);
      expect(await store.read.watches.due(20, 9)).toEqual([other, watch]);
      expect(await store.read.watches.due(20, 1)).toEqual([other]);
      await apply({ watches: { put: [{ ...other, told: null }], drop: [watch] } });
      await store.write(async (tx) => {
        expect(await tx.watches([watch, other])).toEqual([{ ...other, told: null }]);
        expect(await tx.allWatches()).toHaveLength(2);
      });
    });

    test('takes the text of an event and of its edits out of the log, and nothing else', async () => {
      await apply({
        rooms: [room('lobby', { seq: 3 })],
        events: [
          event(1, { text: 'secret @bob', mentions: ['bob'], card }),
          event(2, { kind: 'edit', ref: 1, text: 'another secret' }),
          event(3, { ref: 1, text: 'what?' }),
        ],
      });
      const gone = event(5, { kind: 'delete', ref: 1, text: '' });
      const again = event(4, { kind: 'edit', ref: 1, text: 'of the same batch' });
      await apply({ events: [again, gone], erased: [{ room: 'lobby', seq: 1 }] });
      const { events } = await store.read.page('lobby', { after: 0, limit: 9 });
      expect(events.map(({ seq, text }) => [seq, text])).toEqual([
        ...[
          [1, ''],
          [2, ''],
          [3, 'what?'],
          [4, ''],
          [5, ''],
        ],
      ]);
      expect(events[0]).toEqual({ ...eventOf(event(1), undefined, undefined), text: '' });
      expect(events[2]?.quote).toEqual({ nick: 'ann', text: '' });
      const ids = events.map((it) => ({ room: 'lobby', person: it.person, id: it.id }));
      expect(await store.write((tx) => tx.published(ids))).toHaveLength(5);
    });

    test('knows what became last of a reaction', async () => {
      const reaction = (seq: number, its: Partial<EventRow>) =>
        event(seq, { kind: 'react', ref: 1, text: '👍', ...its });
      await apply({
        rooms: [room('lobby', { seq: 6 })],
        events: [
          event(1),
          reaction(2, {}),
          reaction(3, { kind: 'unreact' }),
          reaction(4, { person: 's2' }),
          reaction(5, { text: 'a\nb' }),
          event(6, { ref: 1, text: '👍' }),
        ],
      });
      const key = { room: 'lobby', ref: 1, person: 's1', text: '👍' };
      const keys = [key, { ...key, person: 's2' }, { ...key, text: 'x' }, { ...key, ref: 2 }];
      const found = await store.write((tx) => tx.reactions(keys));
      expect([...found].sort((a, b) => a.seq - b.seq)).toEqual([
        { ...key, kind: 'unreact', seq: 3, at: 1_003 },
        { ...key, person: 's2', kind: 'react', seq: 4, at: 1_004 },
      ]);
    });

    test('keeps nothing of a transaction that fails', async () => {
      await apply({ rooms: [room('lobby', { seq: 1 })], events: [event(1)] });
      const repeated = apply({
        rooms: [room('lobby', { seq: 2 })],
        events: [event(2, { id: 'id1' })],
      });
      await expect(repeated).rejects.toThrow();
      const { head, events } = await store.read.page('lobby', { after: 0, limit: 10 });
      expect({ head, seqs: events.map((it) => it.seq) }).toEqual({ head: 1, seqs: [1] });
    });

    test('pages a log forwards and backwards', async () => {
      const events = Array.from({ length: 200 }, (_, index) => event(index + 1));
      await apply({ rooms: [room('lobby', { seq: 200 })], events });
      const seqs = async (query: Parameters<Store['read']['page']>[1]) =>
        (await store.read.page('lobby', query)).events.map((it) => it.seq);
      expect(await seqs({ after: 0, limit: 3 })).toEqual([1, 2, 3]);
      expect(await seqs({ after: 198, limit: 10 })).toEqual([199, 200]);
      expect(await seqs({ before: 4, limit: 2 })).toEqual([2, 3]);
      expect(await seqs({ before: Number.MAX_SAFE_INTEGER, limit: 2 })).toEqual([199, 200]);
      expect(await seqs({ after: 0, limit: 150 })).toHaveLength(150);
      expect(await seqs({ after: 0, limit: 10 * limits.pageEvents })).toHaveLength(200);
    });

    test('pages a log around a number and from a time on', async () => {
      const events = Array.from({ length: 100 }, (_, index) =>
        // Two of a time.
        event(index + 1, { at: 1_000 + Math.floor(index / 2) * 10 }),
      );
      await apply({ rooms: [room('lobby', { seq: 100 })], events });
      const seqs = async (query: Parameters<Store['read']['page']>[1]) =>
        (await store.read.page('lobby', query)).events.map((it) => it.seq);
      expect(await seqs({ around: 50, limit: 5 })).toEqual([48, 49, 50, 51, 52]);
      expect(await seqs({ around: 50, limit: 1 })).toEqual([50]);
      expect(await seqs({ around: 1, limit: 4 })).toEqual([1, 2]);
      expect(await seqs({ around: 500, limit: 4 })).toEqual([99, 100]);
      expect(await seqs({ at: 0, limit: 2 })).toEqual([1, 2]);
      expect(await seqs({ at: 1_000, limit: 2 })).toEqual([1, 2]);
      expect(await seqs({ at: 1_001, limit: 2 })).toEqual([3, 4]);
      expect(await seqs({ at: 1_490, limit: 9 })).toEqual([99, 100]);
      expect(await seqs({ at: 1_491, limit: 9 })).toEqual([]);
    });

    test('keeps who may do what', async () => {
      const role = { room: 'den', person: 's1', role: 'owner' } as const;
      const operator = { room: '*', person: 'a-1', role: 'operator' } as const;
      const restraint = { until: 50, reason: 'a "reason"', by: 'ann', at: 7 };
      const mute = { ...restraint, room: 'den', person: 's2' };
      const forGood = { ...restraint, room: 'den', subject: 'nick:bob', who: 'Bob', person: 's2' };
      const short = { ...forGood, subject: 'address:10.0.0.0/8', who: '10.0.0.0/8', person: null };
      const bans = [{ ...forGood, until: null }, short];
      const pace = { room: 'den', person: 's2', at: 9 };
      const deed = {
        ...{ n: 1, at: 7, by: 'ann', person: 's1', deed: 'ban', room: 'den', target: 'Bob' },
        ...{ detail: null, reason: '', id: 'p1', token: 'ci' },
      };
      await apply({
        moderation: {
          ...{ roles: { put: [role, operator], drop: [] }, mutes: { put: [mute], drop: [] } },
          ...{ bans: { put: bans, drop: [] }, paces: [pace], audit: [deed], forgotten: [] },
        },
      });
      await store.write(async ({ moderation: it }) => {
        expect(await it.roles([role, { room: 'ops', person: 's1' }])).toEqual([role]);
        expect(await it.rolesOfPersons(['a-1', 's9'])).toEqual([operator]);
        expect(await it.mutes([mute, role])).toEqual([mute]);
        expect(await it.mutesOfPersons(['s2'])).toEqual([mute]);
        expect(await it.paces([pace])).toEqual([pace]);
        expect(new Set(await it.bans(['den', 'ops']))).toEqual(new Set(bans));
        expect(await it.lapsed(49, 10)).toEqual({ mutes: [], bans: [] });
        expect(await it.lapsed(50, 10)).toEqual({ mutes: [mute], bans: [short] });
        expect(await it.auditHead()).toBe(1);
        const asked = { person: 's1', id: 'p1' };
        const others = [
          { ...asked, id: 'p2' },
          { ...asked, person: 's2' },
        ];
        expect(await it.done([asked, ...others])).toMatchObject([asked]);
        expect(await it.roles([])).toEqual([]);
      });
      const { moderation: read } = store.read;
      expect((await read.bans('den', 50)).map((it) => it.subject)).toEqual(['nick:bob']);
      expect(await read.bans('den', 0)).toHaveLength(2);
      expect(await read.roles('*')).toEqual([operator]);
      expect(await read.audit(0, 10)).toEqual([deed]);
      expect(await read.audit(1, 10)).toEqual([]);

      await apply({
        moderation: {
          ...nothing.moderation,
          roles: { put: [{ ...operator, role: 'owner' }], drop: [role] },
          bans: { put: [], drop: [short] },
          forgotten: [{ person: 's2' }],
        },
      });
      await store.write(async ({ moderation: it }) => {
        expect(await it.roles([role, operator])).toEqual([{ ...operator, role: 'owner' }]);
        expect(await it.mutes([mute])).toEqual([]);
        expect(await it.paces([pace])).toEqual([]);
        expect(await it.bans(['den'])).toHaveLength(1);
      });
      await expect(
        apply({ moderation: { ...nothing.moderation, audit: [deed] } }),
      ).rejects.toThrow();
    });

    test('tells where sessions that are here come from', async () => {
      const from = (id: string, its: Partial<SessionRow>) =>
        session(id, { address: '10.0.0.1', ...its });
      await apply({
        sessions: {
          put: [from('s1', {}), from('s2', { state: 'ended', until: 1 }), from('s3', {})],
          drop: [],
        },
        members: { put: [{ room: 'den', session: 's1', since: 0 }], drop: [] },
      });
      await store.write(async ({ moderation: it }) => {
        expect(await it.addresses('den')).toEqual([
          { room: 'den', session: 's1', address: '10.0.0.1' },
        ]);
        expect((await it.addresses('*')).map((row) => row.session).sort()).toEqual(['s1', 's3']);
      });
    });

    test('finds what was said by its words, a page at a time, and nothing that is gone', async () => {
      const texts = ['Tea at four', '下午四点喝茶', 'no coffee', 'tea and tea', 'teapot'];
      await apply({
        rooms: [room('lobby', { seq: 5 }), room('ops', { seq: 1 })],
        events: [
          ...texts.map((text, index) => event(index + 1, { text })),
          event(1, { room: 'ops', text: 'tea in ops', at: 2_000 }),
        ],
      });
      const search = async (query: string, its: Partial<Search> = {}) => {
        const terms = termsOf(query);
        if (isProblem(terms)) throw new Error(terms.message);
        return store.read.search({ terms, limit: 10, ...its });
      };
      const found = async (query: string, its?: Partial<Search>) =>
        (await search(query, its)).events.map((it) => `${it.room} ${it.seq}`);
      const inLobby = { rooms: ['lobby'] };
      expect(await found('tea', inLobby)).toEqual(['lobby 1', 'lobby 4']);
      expect(await found('TEA*', inLobby)).toEqual(['lobby 1', 'lobby 4', 'lobby 5']);
      expect(await found('tea', { rooms: ['ops', 'lobby'] })).toHaveLength(3);
      expect(await found('tea')).toHaveLength(3);
      expect(await found('tea', { rooms: [] })).toEqual([]);
      expect(await found('四点')).toEqual(['lobby 2']);
      expect(await found('tea four')).toEqual(['lobby 1']);
      expect(await search('tea', inLobby)).toMatchObject({ upTo: 5 });

      const { next = 0, ...page } = await search('tea', { ...inLobby, limit: 1 });
      expect(page.events).toMatchObject([{ seq: 4 }]);
      expect(await found('tea', { ...inLobby, limit: 1, before: next })).toEqual(['lobby 1']);

      await apply({ rooms: [room('lobby', { seq: 5, keepCount: 2 })] });
      await store.write((tx) => tx.trim('', 0));
      expect(await found('tea', inLobby)).toEqual(['lobby 4']);
    });

    test('keeps tokens of the admin API, found by their hash, until they are revoked', async () => {
      const ci = { name: 'ci', hash: 'h1', scope: 'moderate', createdAt: 7, until: null } as const;
      const old = { name: 'old', hash: 'h2', scope: 'read', createdAt: 8, until: 9 } as const;
      await apply({ tokens: { put: [ci, old], drop: [] } });
      const { tokens } = store.read;
      expect([await tokens.byHash('h1'), await tokens.named('old')]).toEqual([ci, old]);
      expect(await tokens.byHash('h3')).toBeUndefined();
      expect([await tokens.after('', 1), await tokens.after('ci', 9)]).toEqual([[ci], [old]]);
      await store.write(async (it) => {
        expect(await it.tokens(['ci', 'new'])).toEqual([ci]);
      });
      const again = { ...ci, hash: 'h2' };
      await expect(apply({ tokens: { put: [again], drop: [{ name: 'ci' }] } })).rejects.toThrow();
      await apply({ tokens: { put: [{ ...ci, hash: 'h4' }], drop: [{ name: 'old' }] } });
      expect(await tokens.after('', 9)).toEqual([{ ...ci, hash: 'h4' }]);
    });

    test('keeps what a request was answered, until its time is over', async () => {
      const answer = { key: 'k1', request: 'r', sealed: 's', until: 10 };
      await store.write((it) => it.keep(answer, 1));
      expect(await store.read.answer('k1', 9)).toEqual(answer);
      expect(await store.read.answer('k1', 10)).toBeUndefined();
      expect(await store.read.answer('k2', 9)).toBeUndefined();
      await store.write((it) => it.keep({ ...answer, key: 'k2', until: 20 }, 10));
      expect(await store.read.answer('k1', 9)).toBeUndefined();
      expect(await store.read.answer('k2', 10)).toMatchObject({ key: 'k2' });
    });

    test('tells of an empty room that it is empty', async () => {
      const page = await store.read.page('nowhere', { after: 0, limit: 10 });
      expect(page).toMatchObject({ room: 'nowhere', first: 0, head: 0, events: [] });
      expect(page.epoch).toBe(store.epoch);
    });

    test('lists private rooms only to those who are in them, and to the operator', async () => {
      await apply({
        rooms: [room('den', { visibility: 'private', members: 1 }), room('lobby')],
        members: { put: [{ room: 'den', session: 's1', since: 0 }], drop: [] },
      });
      const listed = async (session: string) => await store.read.rooms(10, session);
      expect((await listed('s2')).map((it) => it.room)).toEqual(['lobby']);
      expect(await listed('s1')).toMatchObject([{ room: 'den', visibility: 'private' }, {}]);
      expect((await store.read.roomsAfter('', 10)).map((it) => it.room)).toEqual(['den', 'lobby']);
      expect((await store.read.roomsAfter('den', 1)).map((it) => it.room)).toEqual(['lobby']);
    });

    test('deletes what the server keeps no longer, whatever rooms are set to', async () => {
      const names = ['all', 'few', '~a~b'];
      await apply({
        rooms: names.map((it) => room(it, { seq: 700, keepCount: it === 'few' ? 600 : 0 })),
        events: names.flatMap((name) =>
          Array.from({ length: 700 }, (_, index) => event(index + 1, { room: name })),
        ),
      });
      const kept = async (name: string): Promise<[number, number]> => {
        const { first, head } = await store.read.page(name, { after: 0, limit: 1 });
        return [first, head];
      };
      const expire = async (roomsMs: number, privateMs: number): Promise<void> => {
        const by = { now: 1_700, retention: { roomsMs, privateMs, auditMs: 0 } };
        let from: string | undefined = '';
        while (from !== undefined) {
          const start: string = from;
          from = await store.write((tx) => tx.expire(start, by));
        }
      };
      await expire(100, 0);
      expect([await kept('all'), await kept('few')]).toEqual([
        [601, 700],
        [601, 700],
      ]);
      expect(await kept('~a~b')).toEqual([1, 700]);
      await expire(0, 1);
      expect([await kept('all'), await kept('~a~b')]).toEqual([
        [601, 700],
        [700, 700],
      ]);
    });

    test('deletes the audit log up to a time, but for its last entry', async () => {
      const entry = (n: number) => ({
        ...{ n, at: n, by: 'ann', person: 's1', token: null, deed: 'ban', room: 'lobby' },
        ...{ target: null, detail: null, reason: '', id: null },
      });
      const audit = Array.from({ length: 1_500 }, (_, index) => entry(index + 1));
      await apply({ moderation: { ...nothing.moderation, audit } });
      const expire = (upTo: number) => store.write((tx) => tx.expireAudit(upTo));
      while (await expire(1_200));
      expect((await store.read.moderation.audit(0, 1))[0]?.n).toBe(1_201);
      while (await expire(9_999));
      expect(await store.read.moderation.audit(0, 9)).toEqual([entry(1_500)]);
    });

    test('deletes what rooms keep no longer, the oldest first, and never the last', async () => {
      const logs = { few: { keepCount: 3 }, young: { keepMs: 50 }, none: { keepMs: 1 }, all: {} };
      const names = Object.keys(logs);
      await apply({
        rooms: Object.entries(logs).map(([name, its]) => room(name, { seq: 700, ...its })),
        events: names.flatMap((name) =>
          Array.from({ length: 700 }, (_, index) => event(index + 1, { room: name })),
        ),
      });
      let from: string | undefined = '';
      let steps = 0;
      while (from !== undefined) {
        const start: string = from;
        from = await store.write((tx) => tx.trim(start, 1_740));
        steps += 1;
      }
      expect(steps).toBeLessThan(10);
      const kept = async (name: string) => {
        const { first, head, events } = await store.read.page(name, { after: 0, limit: 1 });
        return [first, head, events[0]?.seq];
      };
      expect(await kept('few')).toEqual([698, 700, 698]);
      // An event is at 1,000 + its number.
      expect(await kept('young')).toEqual([691, 700, 691]);
      expect(await kept('none')).toEqual([700, 700, 700]);
      expect(await kept('all')).toEqual([1, 700, 1]);
      expect(await store.write((tx) => tx.trim('', 1_740))).toBeUndefined();
      await store.write(async (tx) => {
        const asked = { person: 's1', id: 'id1' };
        const keys = names.map((name) => ({ ...asked, room: name }));
        expect((await tx.published(keys)).map((it) => it.room)).toEqual(['all']);
      });
    });

    test('lists people with accounts, and forgets all of one that is deleted', async () => {
      const account = (name: string): AccountRow => ({
        ...{ account: `a-${name}`, nameKey: name, nick: name.toUpperCase(), skeleton: name },
        ...{ password: 'x', createdAt: 5, bot: null },
      });
      const of = (name: string, its: Partial<SessionRow> = {}) =>
        session(name, { person: 'a-ann', account: 'a-ann', ...its });
      const bot: AccountRow = {
        ...account('bot'),
        bot: { use: 'token', tokenHash: 'x', scopes: [], rooms: [], usedAt: null, until: null },
      };
      const invitation = { room: 'den', person: 'a-ann', at: 5, by: 'bob', told: 0 } as const;
      await apply({
        accounts: { put: [account('ann'), account('bob'), bot, account('eve')], drop: [] },
        sessions: { put: [of('s1'), of('s2', { state: 'ended', until: 900 })], drop: [] },
        cursors: [{ room: '~a-ann~s9', account: 'a-ann', seq: 0 }],
        rooms: [room('~a-ann~s9', { seq: 3 })],
        invitations: { put: [invitation], drop: [] },
        moderation: {
          ...nothing.moderation,
          roles: { put: [{ room: '*', person: 'a-ann', role: 'operator' }], drop: [] },
        },
      });
      const { read } = store;
      const ann = { account: 'a-ann', nick: 'ANN', nameKey: 'ann', createdAt: 5 };
      expect(await read.accountInfo('ann')).toEqual({ ...ann, isOperator: true, sessions: 1 });
      expect(await read.accountInfo('bot')).toBeUndefined();
      expect((await read.accounts('', 2)).map((it) => it.nick)).toEqual(['ANN', 'BOB']);
      expect((await read.accounts('bob', 9)).map((it) => it.nick)).toEqual(['EVE']);
      expect((await read.sessions('', 9, 'a-ann')).map((it) => it.session)).toEqual(['s1']);
      expect(await read.sessions('', 9, 'a-bob')).toEqual([]);

      await apply({ accounts: { put: [], drop: [{ account: 'a-ann' }] } });
      expect(await read.accountInfo('ann')).toBeUndefined();
      await store.write(async (tx) => {
        expect(await tx.waiting(['a-ann'])).toEqual([]);
        expect(await tx.invitations([invitation])).toEqual([]);
        expect((await tx.sessions(['s1', 's2'])).map((it) => it.session)).toEqual(['s1']);
      });
    });

    test('knows who is invited where', async () => {
      const invitation = { room: 'den', person: 's1', at: 5, by: 'ann', told: 1 } as const;
      const untold = { ...invitation, room: 'attic', told: 0 } as const;
      await apply({ invitations: { put: [invitation, untold], drop: [] } });
      const asked = [invitation, { room: 'den', person: 's2' }, { room: 'ops', person: 's1' }];
      await store.write(async (tx) => {
        expect(await tx.invitations(asked)).toEqual([invitation]);
        expect(await tx.untold(['s1', 's2'])).toEqual([untold]);
      });
      await apply({ invitations: { put: [], drop: [{ room: 'den', person: 's1' }] } });
      await store.write(async (tx) => expect(await tx.invitations(asked)).toEqual([]));
    });

    test('knows how far accounts have read, and nobody else’s sessions are told', async () => {
      const put = (rows: Changes['markers']) => apply({ markers: rows });
      const marker = { room: 'lobby', account: 'a-1', seq: 3, at: 9 };
      const pair = { room: '~a-1~s2', account: 'a-1', seq: 1, at: 8 };
      await apply({
        sessions: {
          put: [session('s1', { person: 'a-1', account: 'a-1' }), session('s2')],
          drop: [],
        },
      });
      await put([{ ...marker, seq: 2 }, pair]);
      await put([marker]);
      await store.write(async (tx) => {
        expect(await tx.markers([marker, { room: 'ops', account: 'a-1' }])).toEqual([marker]);
        expect(await tx.markers([])).toEqual([]);
      });
      expect(await store.read.markers('s1')).toEqual([marker, pair]);
      expect(await store.read.markers('s1', ['lobby', 'ops'])).toEqual([marker]);
      expect(await store.read.markers('s2')).toEqual([]);
    });

    test('knows whose a certificate is, and which somebody has', async () => {
      const account = {
        ...{ account: 'a-1', nameKey: 'ann', nick: 'Ann', skeleton: 'ann' },
        ...{ password: 'x', createdAt: 1, bot: null },
      };
      const [one, two] = ['1', '2'].map((it, index) => ({
        ...{ fingerprint: it.repeat(64), account: 'a-1', addedAt: 9 - index },
      }));
      if (one === undefined || two === undefined) throw new Error('two are made');
      await apply({
        accounts: { put: [account], drop: [] },
        sessions: {
          put: [session('s1', { person: 'a-1', account: 'a-1' }), session('s2')],
          drop: [],
        },
        certificates: { put: [one, two], drop: [] },
      });
      await store.write(async (tx) => {
        expect(await tx.certificates([one.fingerprint, 'x'])).toEqual([one]);
        expect(await tx.certificatesOf(['a-1'])).toHaveLength(2);
      });
      expect(await store.read.accountByCertificate(two.fingerprint)).toEqual(account);
      expect(await store.read.accountByCertificate('x')).toBeUndefined();
      expect(await store.read.certificates('a-1')).toEqual([two, one]);
      expect(await store.read.accountOf('s1')).toBe('a-1');
      expect(await store.read.accountOf('s2')).toBeNull();
      expect(await store.read.accountOf('s3')).toBeUndefined();
      await apply({ certificates: { put: [], drop: [{ fingerprint: one.fingerprint }] } });
      expect(await store.read.certificates('a-1')).toEqual([two]);
      await apply({ accounts: { put: [], drop: [{ account: 'a-1' }] } });
      expect(await store.read.certificates('a-1')).toEqual([]);
    });

    test('lists rooms, people and sessions', async () => {
      const account = {
        ...{ person: 'a-1', account: 'a-1', nick: 'Ann', nameKey: 'ann' },
        ...{ realName: 'Ann Bee', away: { text: 'lunch', told: [] } },
      };
      const registered = {
        ...{ account: 'a-1', nameKey: 'annie', nick: 'Annie', skeleton: 'annie' },
        ...{ password: 'x', createdAt: 1, bot: null },
      };
      await apply({
        accounts: { put: [registered], drop: [] },
        events: [event(1, { person: 'a-1' }), event(2)],
        rooms: [room('ops', { members: 1 }), room('lobby', { members: 2 }), room('~s1~s3')],
        sessions: {
          put: [session('s1', account), session('s2', account), session('s3')],
          drop: [],
        },
        members: {
          put: ['s1', 's2', 's3'].map((id) => ({ room: 'lobby', session: id, since: 0 })),
          drop: [],
        },
        moderation: {
          ...nothing.moderation,
          roles: {
            put: [
              { room: 'lobby', person: 'a-1', role: 'moderator' },
              { room: '*', person: 'a-1', role: 'operator' },
              { room: 'lobby', person: 's3', role: 'owner' },
              { room: 'ops', person: 's3', role: 'moderator' },
            ],
            drop: [],
          },
        },
      });
      expect((await store.read.rooms(10, '')).map((it) => it.room)).toEqual(['lobby', 'ops']);
      expect(await store.read.members('lobby', 10)).toEqual({
        count: 2,
        members: [
          {
            nick: 'Ann',
            accountNick: 'Annie',
            realName: 'Ann Bee',
            role: 'operator',
            away: 'lunch',
          },
          { nick: 's3', role: 'owner' },
        ],
      });
      expect(await store.read.people(['ann', 's3', 'nobody'], 's3')).toEqual([]);
      await apply({
        names: {
          put: [
            { nameKey: 'ann', nick: 'Ann', person: 'a-1' },
            { nameKey: 's3', nick: 's3', person: 's3' },
          ],
          drop: [],
        },
      });
      const people = await store.read.people(['ann', 's3', 'nobody'], 's3');
      expect(people.toSorted((a, b) => (a.person < b.person ? -1 : 1))).toMatchObject([
        {
          ...{ person: 'a-1', isNear: true },
          info: {
            ...{ nick: 'Ann', accountNick: 'Annie', away: 'lunch', online: true, rooms: ['lobby'] },
            ...{ realName: 'Ann Bee', roles: { lobby: 'operator' }, pair: '~a-1~s3' },
          },
        },
        {
          ...{ person: 's3', isNear: true },
          info: { nick: 's3', online: true, rooms: ['lobby'], roles: { lobby: 'owner' } },
        },
      ]);
      expect(await store.read.people(['ann'], 'nobody')).toMatchObject([{ isNear: false }]);
      const { events } = await store.read.page('lobby', { after: 0, limit: 9 });
      expect(events.map((it) => it.accountNick)).toEqual(['Annie', undefined]);
      const [first] = await store.read.sessions('', 1);
      expect(first).toMatchObject({ session: 's1', nick: 'Ann', state: 'live', rooms: ['lobby'] });
      expect((await store.read.sessions('s1', 10)).map((it) => it.session)).toEqual(['s2', 's3']);
      expect(await store.read.totals()).toMatchObject({ sessions: 3, rooms: 3, accounts: 1 });
    });
  });
};
