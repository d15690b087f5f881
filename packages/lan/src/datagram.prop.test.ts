import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { type Datagram, readDatagram, writeDatagram } from './datagram.ts';
import { seal, unseal } from './seal.ts';

const announcement: Datagram = {
  ...{ type: 'partyline', name: 'Lab', version: '1', endpoints: ['json+tcp://lab:7002'] },
};

test.prop([fc.uint8Array({ maxLength: 2_000 })])('no bytes are too strange to be read', (bytes) => {
  expect(readDatagram(bytes)).toBeUndefined();
});

test.prop([fc.json()])('what is JSON alone is none of ours', (json) => {
  expect(readDatagram(Buffer.from(json))).toBeUndefined();
});

it.each([
  { ...announcement, name: '\u001b[2J' },
  { ...announcement, endpoints: ['a\u202eb'] },
  { type: 'heads', epoch: 'e', port: 0, rooms: [] },
  { type: 'feed', epoch: 'e', events: [] },
  { type: '__proto__' },
])('%j is refused', (it) => {
  expect(readDatagram(Buffer.from(JSON.stringify(it)))).toBeUndefined();
});

test.prop([fc.string({ minLength: 1 }), fc.string({ minLength: 1 })])(
  'a sealed datagram is believed by who has the key, and read by who has none',
  (key, other) => {
    const sealed = seal(writeDatagram(announcement), key);
    expect(readDatagram(unseal(sealed, key) ?? Buffer.alloc(0))).toEqual(announcement);
    expect(readDatagram(unseal(sealed, undefined) ?? Buffer.alloc(0))).toEqual(announcement);
    if (key !== other) expect(unseal(sealed, other)).toBeUndefined();
    expect(unseal(writeDatagram(announcement), key)).toBeUndefined();
  },
);

test.prop([fc.nat(), fc.integer({ min: 1, max: 255 })])(
  'a changed byte breaks the seal',
  (at, by) => {
    const sealed = seal(writeDatagram(announcement), 'the key of a test');
    const i = at % sealed.length;
    sealed[i] = (sealed[i] ?? 0) ^ by;
    expect(unseal(sealed, 'the key of a test')).toBeUndefined();
  },
);
