import { expect, test } from 'vitest';
import { cpuTicks, cpuUs } from './cpu.ts';

test('CPU time is user and system time together', () => {
  const stat = '4711 (node) S 1 4711 4711 0 -1 4194560 9 0 0 0 250 75 3 2 20 0 11 0 99 1 2';
  expect(cpuTicks(stat)).toBe(325);
});

test('a name with spaces and parentheses moves nothing', () => {
  const stat = '4711 (a) b (c) S 1 4711 4711 0 -1 4194560 9 0 0 0 250 75 3 2 20 0 11 0 99 1 2';
  expect(cpuTicks(stat)).toBe(325);
});

test.runIf(process.platform === 'linux')('a process has used CPU since it started', () => {
  const [own] = cpuUs([process.pid]);
  expect(own).toBeGreaterThan(0);
});
