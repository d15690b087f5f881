import { fc, test } from '@fast-check/vitest';
import { problem } from '@partyline/protocol';
import { expect } from 'vitest';
import { eventNames } from './events.ts';
import { readPacket } from './packet.ts';
import { offsetText, pidOf, readOffset, readPid } from './place.ts';
import { opened, stage } from './stage.ts';

const name = fc.oneof(fc.constantFrom(...eventNames), fc.string({ unit: 'binary', maxLength: 80 }));
const members = fc.dictionary(
  fc.oneof(
    fc.constantFrom(...['message', 'nickname', 'username', 'password', 'room', 'id', 'to', 'text']),
    fc.constantFrom(...['__proto__', 'constructor', 'toString', 'type', 'length']),
    fc.string({ maxLength: 5 }),
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const args = fc.array(fc.oneof(members, fc.jsonValue({ maxDepth: 3 })), { maxLength: 4 });
const ack = fc.option(fc.nat(), { nil: undefined });

/** Every packet that a client is told, as its own parser reads it. */
const isPacket = (frame: string): boolean => /^(0\{|1$|2\[|3\d+\[|4\{)/.test(frame);

test.prop([name, args, ack, fc.boolean()])(
  'whatever is emitted is carried out or refused, and its acknowledgement called once',
  (event, given, id, isRefused) => {
    const { send } = stage(({ type }) => {
      if (type === 'visit') return opened();
      return isRefused ? problem('nick-taken') : undefined;
    });
    send('0');
    const frames = send(`2${id ?? ''}${JSON.stringify([event, ...given])}`);
    expect(frames.every(isPacket)).toBe(true);
    const isReserved = 'code' in readPacket(`2${JSON.stringify([event])}`);
    const acks = frames.filter((it) => it.startsWith(`3${id}[`));
    if (id !== undefined && !isReserved) expect(acks).toHaveLength(1);
    for (const frame of frames) expect(frame.length).toBeLessThan(4_000);
  },
);

test.prop([fc.string({ unit: 'binary' })])('no text makes it fail', (frame) => {
  const { send } = stage(({ type }) => (type === 'visit' ? opened() : undefined));
  expect(send(frame).every(isPacket)).toBe(true);
});

test.prop([members])('whatever a client comes with, it comes in', (auth) => {
  const { send } = stage(({ type }) => (type === 'resume' ? problem('resume-unknown') : opened()));
  expect(send(`0${JSON.stringify(auth)}`)[0]).toMatch(/^0\{/);
});

const room = fc.stringMatching(/^~?[a-z0-9_.-]{1,8}$/);

test.prop([fc.dictionary(room, fc.nat()), fc.option(fc.nat(), { nil: undefined })])(
  'an offset is read as what it was made of',
  (cursors, at) => {
    const place = { cursors: { ...cursors }, ...(at !== undefined && { at }) };
    expect(readOffset(offsetText(place))).toEqual(place);
  },
);

test.prop([fc.string({ unit: 'binary' })])('no text is an offset or a pid by mistake', (text) => {
  const place = readOffset(text);
  if (place !== undefined)
    expect(Object.values(place.cursors).every(Number.isSafeInteger)).toBe(true);
  const pid = readPid(text);
  if (pid !== undefined) expect(pidOf(pid.token, pid.epoch)).toBe(text);
});
