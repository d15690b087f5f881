import { BlockList } from 'node:net';
import { addressRanges } from '@partyline/service';
import { describe, expect, it } from 'vitest';
import { forwardedFor } from './forwarded.ts';

const trusted = addressRanges(['10.0.0.0/8', 'fd00::/8']) ?? new BlockList();
const client = (header: string | undefined) => forwardedFor('10.0.0.1', header, trusted);

describe('X-Forwarded-For', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2.1, 10.0.0.2', '192.0.2.1'],
    ['192.0.2.1:4711', '192.0.2.1'],
    ['2001:db8::1', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['10.0.0.3', '10.0.0.3'],
  ])('tells the client: %s', (header, address) => {
    expect(client(header)).toBe(address);
  });

  it('is believed no further than those who are trusted wrote it', () => {
    expect(client('203.0.113.9, 192.0.2.1')).toBe('192.0.2.1');
    expect(client('203.0.113.9, 192.0.2.1, fd00::2')).toBe('192.0.2.1');
  });

  it.each([undefined, '', 'unknown', '_hidden', '192.0.2.300', '203.0.113.9, nonsense'])(
    'that tells nobody leaves the proxy: %s',
    (header) => {
      expect(client(header)).toBe('10.0.0.1');
    },
  );
});
