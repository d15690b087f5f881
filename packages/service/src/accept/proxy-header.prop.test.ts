import { isIP } from 'node:net';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { readProxyHeader } from './proxy-header.ts';

const SIGNATURE = Buffer.from([13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10]);
const MOST_BYTES = 16_400;

const v2 = (first: number, family: number, rest: readonly number[]): Buffer =>
  Buffer.concat([
    SIGNATURE,
    Buffer.from([first, family, rest.length >> 8, rest.length & 0xff]),
    Buffer.from(rest),
  ]);

const bytes = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 255 }), { minLength: length, maxLength: length });
const port = fc.integer({ min: 0, max: 65_535 });
const ipv6 = [0x20, 1, 0xd, 0xb8, ...Array(11).fill(0), 9];
/** Something else that is told beside the addresses: a type, a length, a value. */
const other = fc
  .tuple(fc.constantFrom(0x01, 0x04, 0x05), fc.uint8Array({ maxLength: 300 }))
  .map(([type, value]) => [type, value.length >> 8, value.length & 0xff, ...value]);
const more = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 300 });

/** What a proxy tells of TLS that it speaks, or doesn't, with its client (PP2_TYPE_SSL). */
const tls = (isSpoken: boolean): number[] => [0x20, 0, 5, isSpoken ? 1 : 0, 0, 0, 0, 0];

/** Whom a header tells of. */
type Told = { readonly address?: string; readonly isSecure?: boolean };

const header: fc.Arbitrary<{ sent: Buffer; told: Told }> = fc.oneof(
  fc.tuple(fc.ipV4(), fc.ipV4(), port, port).map(([source, target, from, to]) => ({
    sent: Buffer.from(`PROXY TCP4 ${source} ${target} ${from} ${to}\r\n`),
    told: { address: source },
  })),
  fc.constant({
    sent: Buffer.from('PROXY TCP6 2001:DB8:0:0::1 ::1 1 2\r\n'),
    told: { address: '2001:db8::1' },
  }),
  fc
    .constantFrom('PROXY UNKNOWN\r\n', 'PROXY UNKNOWN ffff::1 ffff::2 65535 65535\r\n')
    .map((it) => ({
      sent: Buffer.from(it),
      told: {},
    })),
  fc.tuple(bytes(12), other, fc.boolean()).map(([addresses, others, isSecure]) => ({
    sent: v2(0x21, 0x11, [...addresses, ...others, ...tls(isSecure)]),
    told: { address: addresses.slice(0, 4).join('.'), ...(isSecure && { isSecure }) },
  })),
  fc.tuple(bytes(20), other, fc.boolean()).map(([target, others, isSecure]) => ({
    sent: v2(0x21, 0x21, [...ipv6, ...target, ...others, ...tls(isSecure)]),
    told: { address: '2001:db8::9', ...(isSecure && { isSecure }) },
  })),
  fc.tuple(bytes(12), more).map(([addresses, tlvs]) => ({
    sent: v2(0x20, 0x11, [...addresses, ...tlvs]),
    told: {},
  })),
  more.map((it) => ({ sent: v2(0x21, 0x00, it), told: {} })),
);

describe('the header of the PROXY protocol', () => {
  test.prop([header, more])('tells the client, and where its own bytes begin', (it, rest) => {
    const { sent, told } = it;
    const expected = { type: 'header', length: sent.length, client: told };
    expect(readProxyHeader(Buffer.concat([sent, Buffer.from(rest)]))).toEqual(expected);
  });

  test.prop([header, fc.nat()])('is waited for until it is whole', ({ sent }, cut) => {
    const part = sent.subarray(0, cut % sent.length);
    expect(readProxyHeader(part)).toEqual({ type: 'partial' });
  });

  test.prop([fc.uint8Array({ maxLength: 400 })])('is not found in other bytes', (noise) => {
    const read = readProxyHeader(Buffer.from(noise));
    if (read.type === 'partial') expect(noise.length).toBeLessThan(16);
    else expect(read.type).toBe('bad');
  });

  test.prop([header, fc.nat(), fc.integer({ min: 0, max: 255 })])(
    'never tells an address that is none, whatever is changed in it',
    ({ sent }, at, byte) => {
      const changed = Buffer.from(sent);
      changed[at % sent.length] = byte;
      const read = readProxyHeader(changed);
      if (read.type !== 'header') return;
      expect(read.length).toBeLessThanOrEqual(changed.length);
      const { address } = read.client;
      if (address !== undefined) expect(isIP(address)).not.toBe(0);
    },
  );

  test.prop([
    fc.constantFrom(Buffer.from('PROXY '), v2(0x21, 0x11, []).subarray(0, 14)),
    fc.nat(255),
  ])('is never waited for in vain', (beginning, byte) => {
    const endless = Buffer.concat([beginning, Buffer.alloc(MOST_BYTES, byte)]);
    expect(readProxyHeader(endless).type).not.toBe('partial');
  });

  test.each([
    ['GET / HTTP/1.1\r\n', 'it begins otherwise'],
    ['PROXY TCP4 192.0.2.1 192.0.2.2 1 2\n'.padEnd(120, 'x'), 'its line is too long'],
    ['PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n', 'its line is not as version 1 has it'],
    ['PROXY TCP4  192.0.2.1 192.0.2.2 1 2\r\n', 'its line is not as version 1 has it'],
    ['PROXY TCP4 2001:db8::1 2001:db8::2 1 2\r\n', 'its line has an address that is none'],
    ['PROXY TCP4 192.0.2.1 192.0.2.2 1 65536\r\n', 'its line has an address that is none'],
    ['PROXY TCP4 192.0.2.01 192.0.2.2 1 2\r\n', 'its line has an address that is none'],
    [v2(0x11, 0x11, Array(12).fill(0)), 'its version is 1'],
    [v2(0x22, 0x11, Array(12).fill(0)), 'its command is 2'],
    [v2(0x21, 0x11, Array(11).fill(0)), 'its addresses are cut off'],
    [v2(0x21, 0x12, Array(12).fill(0)), 'its transport is 0x12, which is no stream'],
    [Buffer.concat([SIGNATURE, Buffer.from([0x21, 0x11, 0xff, 0xff])]), 'it has 65535 bytes'],
  ])('is refused when it is %j', (sent, reason) => {
    expect(readProxyHeader(Buffer.from(sent))).toEqual({ type: 'bad', reason });
  });
});
