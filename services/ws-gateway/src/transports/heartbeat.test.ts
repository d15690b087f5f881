import { describe, expect, it } from 'vitest';
import { Heartbeat, type Pulse } from './heartbeat.ts';

const counting = () => {
  const pulse = {
    beats: 0,
    beat: () => {
      pulse.beats += 1;
    },
  };
  return pulse satisfies Pulse;
};

describe('the heartbeat', () => {
  it('beats everyone once a round, whenever they came', () => {
    using heartbeat = new Heartbeat(1_000_000);
    const pulses = Array.from({ length: 50 }, () => {
      const pulse = counting();
      heartbeat.add(pulse);
      heartbeat.beatNext();
      return pulse;
    });
    const before = pulses.map((pulse) => pulse.beats);
    for (let part = 0; part < 32; part += 1) heartbeat.beatNext();
    expect(pulses.map((pulse, index) => pulse.beats - (before[index] ?? 0))).toEqual(
      pulses.map(() => 1),
    );
  });

  it('lets a newcomer be for nearly a whole round', () => {
    using heartbeat = new Heartbeat(1_000_000);
    heartbeat.beatNext();
    const pulse = counting();
    heartbeat.add(pulse);
    for (let part = 0; part < 31; part += 1) heartbeat.beatNext();
    expect(pulse.beats).toBe(0);
    heartbeat.beatNext();
    expect(pulse.beats).toBe(1);
  });

  it('lets those be who left', () => {
    using heartbeat = new Heartbeat(1_000_000);
    const pulse = counting();
    const leave = heartbeat.add(pulse);
    leave();
    for (let part = 0; part < 64; part += 1) heartbeat.beatNext();
    expect(pulse.beats).toBe(0);
  });
});
