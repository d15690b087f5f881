import { expect, test } from 'vitest';
import { reachedAt } from './bind-host.ts';

test.each([
  ['*', 'lab.example', 'lab.example:7001'],
  ['::', 'lab.example', 'lab.example:7001'],
  ['0.0.0.0', '2001:db8::1', '[2001:db8::1]:7001'],
  ['0.0.0.0', '[2001:db8::1]', '[2001:db8::1]:7001'],
  ['::1', 'lab.example', '[::1]:7001'],
  ['127.0.0.1', 'lab.example', '127.0.0.1:7001'],
])('what is bound to %s is reached, by the public name %s, at %s', (host, publicHost, at) => {
  expect(reachedAt(host, 7001, publicHost)).toBe(at);
});
