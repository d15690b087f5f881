import { describe, expect, test } from 'vitest';
import { createProxies, isProxyEntry } from './proxies.ts';

/** Looks names up in a table that may change, and counts how often. */
const names = (table: Record<string, readonly string[]>) => {
  const looks: string[] = [];
  const lookUp = async (name: string): Promise<readonly string[]> => {
    looks.push(name);
    const found = table[name];
    if (found === undefined) throw new Error(`no answer for ${name}`);
    return found;
  };
  return { looks, lookUp };
};

describe('proxies', () => {
  test.each(['10.0.0.1', '10.0.0.0/8', 'fd00::/8', 'edge', 'proxy.example.org', 'proxy_1.'])(
    'are told by %s',
    (entry) => expect(isProxyEntry(entry)).toBe(true),
  );

  test.each(['10.0.0.256', '10.0.0.0/33', 'edge/8', '', '1', 'fd00::/129', 'http://edge'])(
    'are not told by %j',
    (entry) => expect(isProxyEntry(entry)).toBe(false),
  );

  test('of a range are known without a look at any name', async () => {
    const { looks, lookUp } = names({ edge: [] });
    const proxies = createProxies(['10.0.0.0/8', 'edge'], lookUp);
    expect(await proxies.recognise('10.1.2.3')).toBe(true);
    expect(proxies.has('192.0.2.1')).toBe(false);
    expect(looks).toEqual([]);
  });

  test('are found by their name wherever they are started anew', async () => {
    const table: Record<string, readonly string[]> = { edge: ['192.0.2.1', '2001:db8::1'] };
    const proxies = createProxies(['edge'], names(table).lookUp);
    expect(proxies.has('192.0.2.1')).toBe(false);
    expect(await proxies.recognise('192.0.2.1')).toBe(true);
    expect(proxies.has('2001:db8::1')).toBe(true);
    table.edge = ['192.0.2.2'];
    expect(await proxies.recognise('192.0.2.2')).toBe(true);
    expect(proxies.has('192.0.2.1')).toBe(false);
  });

  test('are looked for once for all who come while a look is under way', async () => {
    const { looks, lookUp } = names({ edge: ['192.0.2.1'] });
    const proxies = createProxies(['edge'], lookUp);
    const strangers = Array.from({ length: 50 }, (_, n) => proxies.recognise(`198.51.100.${n}`));
    expect(new Set(await Promise.all(strangers))).toEqual(new Set([false]));
    expect(looks.length).toBeLessThanOrEqual(2);
  });

  test('are who they were while their name has no answer', async () => {
    const table: Record<string, readonly string[]> = {};
    const proxies = createProxies(['edge'], names(table).lookUp);
    expect(await proxies.recognise('192.0.2.1')).toBe(false);
    table.edge = ['192.0.2.1'];
    expect(await proxies.recognise('192.0.2.1')).toBe(true);
    delete table.edge;
    expect(await proxies.recognise('192.0.2.2')).toBe(false);
    expect(proxies.has('192.0.2.1')).toBe(true);
  });

  test('are not looked for when this machine itself comes, as to see how a service is', async () => {
    const { looks, lookUp } = names({ edge: ['127.0.0.1'] });
    const proxies = createProxies(['edge'], lookUp);
    expect(await proxies.recognise('127.0.0.1')).toBe(false);
    expect(await proxies.recognise('::1')).toBe(false);
    expect(looks).toEqual([]);
  });
});
