import type { ProbeReport } from '@partyline/protocol';
import { expect, it } from 'vitest';
import { guard } from './guard.ts';
import type { Probe } from './probe.ts';

const report: ProbeReport = { name: 'a.example', resolve: [], differences: [] };
const question = { name: 'a.example' };

const guarded = (options: { perMinute?: number; perMinuteInAll?: number; probe?: Probe } = {}) => {
  const clock = { ms: 0 };
  const { probe = async () => report, perMinute = 1_000, perMinuteInAll = 1_000 } = options;
  return { clock, ask: guard(probe, { perMinute, perMinuteInAll, now: () => clock.ms }) };
};

it('rations what one asks, not what others do', async () => {
  const { ask, clock } = guarded({ perMinute: 2 });
  const code = async (asker: string) => (await ask(question, asker)) as { code?: string };
  expect(await Promise.all(['ann', 'ann', 'ann', 'bob'].map(code))).toMatchObject([
    report,
    report,
    { code: 'flood', params: { seconds: 30 } },
    report,
  ]);
  clock.ms = 30_000;
  expect(await ask(question, 'ann')).toBe(report);
});

it('rations what all of them ask', async () => {
  const { ask } = guarded({ perMinuteInAll: 2 });
  const asked = await Promise.all(['ann', 'bob', 'cat'].map((asker) => ask(question, asker)));
  expect(asked.at(-1)).toMatchObject({ code: 'line-full' });
});

it('refuses while 64 others are under way, and answers again after', async () => {
  const gate = Promise.withResolvers<ProbeReport>();
  const { ask } = guarded({ probe: () => gate.promise });
  const underWay = Array.from({ length: 64 }, () => ask(question, 'ann'));
  expect(await ask(question, 'bob')).toMatchObject({ code: 'line-full' });
  gate.resolve(report);
  await Promise.all(underWay);
  expect(await ask(question, 'bob')).toBe(report);
});
