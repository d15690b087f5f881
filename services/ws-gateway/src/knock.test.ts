import { describe, expect, it } from 'vitest';
import { type Knock, type KnockRules, refusal } from './knock.ts';

const rules: KnockRules = { origins: undefined, maxConnections: 2 };
const page: Knock = {
  host: 'chat.example.org:7010',
  origin: 'http://chat.example.org:8080',
};
const codeOf = (knock: Partial<Knock>, its: Partial<KnockRules> = {}, open = 0) =>
  refusal({ ...page, ...knock }, { ...rules, ...its }, open)?.code;

describe('an upgrade', () => {
  it('of a page of the same host is let in, whatever its port', () => {
    expect(codeOf({})).toBeUndefined();
  });

  it('of a page of another host is refused', () => {
    expect(codeOf({ origin: 'https://evil.example' })).toBe('origin-refused');
    expect(codeOf({ origin: 'https://chat.example.org.evil.example' })).toBe('origin-refused');
  });

  it('of a page without a host of its own is refused', () => {
    expect(codeOf({ origin: 'null' })).toBe('origin-refused');
    expect(codeOf({ origin: 'file://' })).toBe('origin-refused');
    expect(codeOf({ origin: 'file://', host: undefined })).toBe('origin-refused');
  });

  it('of a program, which has no origin, is let in', () => {
    expect(codeOf({ origin: undefined })).toBeUndefined();
  });

  it.each(['http://localhost:8080', 'http://127.0.0.1', 'http://[::1]:8080'])(
    'of a page of the own machine is let in: %s',
    (origin) => {
      expect(codeOf({ origin })).toBeUndefined();
    },
  );

  it('follows the list of origins when there is one', () => {
    const origins = ['https://chat.example.org'];
    expect(codeOf({ origin: 'https://chat.example.org' }, { origins })).toBeUndefined();
    expect(codeOf({ origin: 'http://chat.example.org' }, { origins })).toBe('origin-refused');
    expect(codeOf({ origin: 'http://localhost' }, { origins })).toBe('origin-refused');
    expect(codeOf({ origin: 'https://any.example' }, { origins: ['*'] })).toBeUndefined();
  });

  it('over the limit is refused', () => {
    expect(codeOf({}, {}, 1)).toBeUndefined();
    expect(codeOf({}, {}, 2)).toBe('line-full');
  });
});
