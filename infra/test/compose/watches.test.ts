import { expect, test, vi } from 'vitest';
import { asked, compose, showLogsOfFailures, up } from './system.ts';

showLogsOfFailures();

/** Looks at watched names are a few seconds apart, and more than one is needed. */
const waitMs = { timeout: 60_000, interval: 500 };

test('#ops is told when there are more of a service', async () => {
  const known = async () => {
    const { watches } = JSON.parse(await asked('/v1/watches')) as { watches: { name: string }[] };
    return watches.find((it) => it.name === 'ws-gateway');
  };
  await vi.waitFor(async () => expect(await known()).toHaveProperty('state'), waitMs);
  compose('up', '--wait', '--no-recreate', '--scale', 'ws-gateway=3');
  await vi.waitFor(
    async () =>
      expect(await asked('/v1/rooms/ops/events?limit=20')).toMatch(
        /ws-gateway has changed: .* → .*addresses/,
      ),
    waitMs,
  );
  await up();
}, 180_000);
