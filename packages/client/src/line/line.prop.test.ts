import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { BroadcastFrame } from './event-frames.ts';
import { step } from './line.ts';
import { type Effect, type Input, newLine } from './line-state.ts';
import type { ClientFrame, ServerFrame } from './wire.ts';

type Move =
  | 'say'
  | 'other says'
  /** The next frame arrives. */
  | 'to server'
  | 'to client'
  /** The connection breaks, and what is on it is lost. */
  | 'cut'
  /** The server can't resume any session any more. */
  | 'forget'
  | 'alarm';

const move = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Move>('say') },
  { weight: 2, arbitrary: fc.constant<Move>('other says') },
  { weight: 8, arbitrary: fc.constant<Move>('to server') },
  { weight: 8, arbitrary: fc.constant<Move>('to client') },
  { weight: 2, arbitrary: fc.constant<Move>('cut') },
  { weight: 1, arbitrary: fc.constant<Move>('forget') },
  { weight: 3, arbitrary: fc.constant<Move>('alarm') },
);

/** A page's line and a server, and the wire between them, moved by hand. */
const simulate = () => {
  const log: BroadcastFrame[] = [];
  /** Ids that were stored, by the session that published them: as the server knows repeats. */
  const stored = new Map<string, BroadcastFrame>();
  const delivered: number[] = [];
  let state = newLine();
  let session = 0;
  let known = 0;
  let isConnected = false;
  let isLetIn = false;
  let toServer: ClientFrame[] = [];
  let toClient: ServerFrame[] = [];
  let since = 0;

  const append = (id: string, nickname: string): BroadcastFrame => {
    const seq = log.length + 1;
    const event = {
      type: 'broadcast',
      nickname,
      message: id,
      room: 'lobby',
      seq,
      at: 0,
      id,
    } as const;
    log.push(event);
    if (isLetIn) toClient.push(event);
    return event;
  };

  const perform = (effect: Effect): void => {
    if (effect.do === 'connect') {
      isConnected = true;
      isLetIn = false;
      toServer = [];
      toClient = [];
      dispatch({ type: 'opened' });
    } else if (effect.do === 'disconnect') {
      isConnected = false;
      isLetIn = false;
    } else if (effect.do === 'write' && isConnected) {
      toServer.push(effect.frame);
    } else if (effect.do === 'deliver') {
      const { frame } = effect;
      if (frame.type === 'login' && frame.success && !frame.resumed) since = log.length;
      if (frame.type === 'broadcast') delivered.push(frame.seq);
    }
  };

  const dispatch = (input: Input): void => {
    const [next, effects] = step(state, input);
    state = next;
    for (const effect of effects) perform(effect);
  };

  const letIn = (resumed: boolean, cursor: number): void => {
    isLetIn = true;
    const room = { room: 'lobby', seq: log.length, since: resumed ? 0 : log.length, members: 1 };
    toClient.push({
      ...{ type: 'login', success: true, nickname: 'eve', session: `${session}`, sumUsers: 1 },
      ...{ resume: `${session}`, resumed, epoch: 'e', rooms: [room] },
    });
    if (resumed) toClient.push(...log.slice(cursor));
  };

  const serve = (frame: ClientFrame): void => {
    if (frame.type === 'login') {
      session += 1;
      known = session;
      letIn(false, log.length);
    } else if (frame.type === 'resume') {
      if (frame.token === `${known}`) letIn(true, frame.cursors.lobby ?? 0);
      else toClient.push({ type: 'login', success: false, code: 'resume-unknown', message: '' });
    } else if (frame.type === 'broadcast') {
      const key = `${session} ${frame.id}`;
      const event = stored.get(key) ?? append(frame.id, 'eve');
      stored.set(key, event);
      toClient.push({ type: 'ack', id: frame.id, room: 'lobby', seq: event.seq });
    } else if (frame.type === 'history') {
      const events = log.slice(-frame.limit);
      toClient.push({ type: 'history', room: 'lobby', first: 1, head: log.length, events });
    } else if (frame.type === 'ping') {
      toClient.push({ type: 'pong' });
    }
  };

  let said = 0;
  const make = (it: Move): void => {
    switch (it) {
      case 'say':
        said += 1;
        dispatch({
          type: 'send',
          message: { id: `m${said}`, to: { room: 'lobby' }, text: 't', kind: 'message', at: 0 },
        });
        break;
      case 'other says':
        append(`o${log.length}`, 'ada');
        break;
      case 'to server': {
        const frame = isConnected ? toServer.shift() : undefined;
        if (frame !== undefined) serve(frame);
        break;
      }
      case 'to client': {
        const frame = isConnected ? toClient.shift() : undefined;
        if (frame !== undefined) dispatch({ type: 'heard', frame });
        break;
      }
      case 'cut':
        if (!isConnected) break;
        isConnected = false;
        isLetIn = false;
        dispatch({ type: 'closed', code: 1006, reason: '' });
        break;
      case 'forget':
        known = 0;
        break;
      case 'alarm':
        dispatch({ type: 'alarm' });
        break;
    }
  };

  const settle = (): void => {
    for (let round = 0; round < 10_000; round++) {
      if (state.phase.is === 'waiting' || state.phase.is === 'connecting') make('alarm');
      else if (toServer.length > 0) make('to server');
      else if (toClient.length > 0) make('to client');
      else return;
    }
    throw new Error('it does not settle');
  };

  dispatch({ type: 'enter', nick: 'eve' });
  return { make, settle, log, delivered, state: () => state, said: () => said, since: () => since };
};

test.prop([fc.array(move, { minLength: 10, maxLength: 150, size: 'max' })])(
  'whatever breaks, each message is stored once and in order, and each event is delivered once and in order',
  (moves) => {
    const it = simulate();
    it.settle();
    for (const one of moves) it.make(one);
    it.settle();
    const own = it.log.filter((event) => event.nickname === 'eve').map((event) => event.id);
    expect(own).toEqual(Array.from({ length: it.said() }, (_, n) => `m${n + 1}`));
    expect(it.state().outgoing).toEqual([]);
    const { delivered } = it;
    expect(delivered).toEqual([...new Set(delivered)].sort((a, b) => a - b));
    const owed = it.log.map((event) => event.seq).filter((seq) => seq > it.since());
    expect(delivered.filter((seq) => seq > it.since())).toEqual(owed);
  },
);
