import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { ServiceProcess } from '../src/testing/service-process.ts';

const trial = (environment?: Readonly<Record<string, string>>) =>
  new ServiceProcess(new URL('./service.ts', import.meta.url), environment);

it.each(['SIGTERM', 'SIGINT'] as const)(
  'ends with 0 after %s, having said goodbye',
  async (signal) => {
    await using service = trial();
    await service.logged('ready');
    expect(await service.stop(signal)).toBe(0);
    expect(service.log.map(({ msg }) => msg).slice(-3)).toEqual(['stopping', 'goodbye', 'stopped']);
    expect(service.log.at(-3)).toMatchObject({ service: 'trial', reason: signal });
  },
);

it('tells its supervisor when it is ready, and serves', async () => {
  await using service = trial();
  const [message] = await once(service.child, 'message');
  expect(message).toEqual({ type: 'ready' });
  const { port } = await service.logged('open');
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
});

it('ends with 0 when it is told to stop while it starts', async () => {
  await using service = trial({ PARTYLINE_TRIAL: 'late' });
  await service.logged('starting');
  expect(await service.stop()).toBe(0);
});

it('ends with 1 when it does not stop within 5 s', async () => {
  await using service = trial({ PARTYLINE_TRIAL: 'hang' });
  await service.logged('ready');
  expect(await service.stop()).toBe(1);
  expect(service.log.at(-1)).toMatchObject({ level: 'fatal', msg: 'did not stop in time' });
});

it('ends with 78 and names every wrong setting in one line', async () => {
  await using service = trial({ PARTYLINE_TRIAL_PORT: 'x', PARTYLINE_LOCALE: 'fr' });
  expect(await service.ended).toBe(78);
  expect(service.log).toEqual([
    expect.objectContaining({
      level: 'fatal',
      msg: 'PARTYLINE_LOCALE is "fr": it must be one of en, zh-CN. PARTYLINE_TRIAL_PORT is "x": it must be a port number, 0 to 65535.',
    }),
  ]);
});

it('ends with 1 and names the setting of a port in use', async () => {
  await using holder = createServer();
  holder.listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = holder.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await using service = trial({ PARTYLINE_TRIAL_PORT: String(port) });
  expect(await service.ended).toBe(1);
  expect(service.log).toEqual([
    expect.objectContaining({ level: 'fatal', settings: ['PARTYLINE_TRIAL_PORT'] }),
  ]);
});

it('ends with 1 after a bug, with the bug as its last line', async () => {
  await using service = trial({ PARTYLINE_TRIAL: 'crash' });
  expect(await service.ended).toBe(1);
  expect(service.log.at(-1)).toMatchObject({ level: 'fatal', err: { message: 'a bug' } });
});

it('stops when its supervisor is killed', async () => {
  await using supervisor = new ServiceProcess(new URL('./supervisor.ts', import.meta.url));
  await supervisor.logged('ready');
  supervisor.child.kill('SIGKILL');
  await supervisor.ended;
  expect(await supervisor.logged('stopping')).toMatchObject({ reason: 'supervisor gone' });
  expect(supervisor.log.at(-1)).toMatchObject({ msg: 'stopped' });
});
