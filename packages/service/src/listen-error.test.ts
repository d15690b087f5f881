import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { describeListenError, isListenError, settingsBehind } from './listen-error.ts';
import { setting } from './setting.ts';

const definition = {
  port: setting.port('P_PORT', 1, 'x'),
  listeners: setting.list('P_LISTENERS', [], 'x'),
  listen: setting.string('P_LISTEN', '', 'x'),
  host: setting.string('P_HOST', '', 'x'),
};
const listenError = (fields: object) =>
  Object.assign(new Error('listen'), { syscall: 'listen', code: 'EADDRINUSE', ...fields });

const thrownByListening = (port: number): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', resolve);
    server.listen(port, '127.0.0.1', () => server.close(() => reject(new Error('it was free'))));
  });

it('names the port that another program holds and the setting to change', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const address = holder.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    const error = await thrownByListening(port);
    expect(describeListenError(error, 'P_PORT')).toBe(
      `Port ${port} of 127.0.0.1 is in use by another program. Change P_PORT, or end what holds it.`,
    );
  } finally {
    await new Promise((resolve) => holder.close(resolve));
  }
});

it.each([
  [{ port: 7001 }, { port: 7001, host: '7001.example' }, ['P_PORT']],
  [
    { port: 7002 },
    { port: 17002, listeners: ['text+tcp://*:7001', 'json+tcp://*:7002'] },
    ['P_LISTENERS'],
  ],
  [{ address: '/run/bus.sock' }, { listen: 'unix:/run/bus.sock', port: 1 }, ['P_LISTEN']],
  [{ address: '/srv/data/text.sock' }, { listeners: ['text+unix:text.sock'] }, ['P_LISTENERS']],
  [{ address: '/srv/text.sock' }, { listeners: ['text+unix:///srv/text.sock'] }, ['P_LISTENERS']],
  [{ address: '/srv/context.sock' }, { listeners: ['text+unix:text.sock'] }, []],
  [{ port: 9 }, { port: 19 }, []],
])('finds the settings behind %j', (fields, values, names) => {
  expect(settingsBehind(listenError(fields), definition, values)).toEqual(names);
});

it('is not any other error', () => {
  expect(isListenError(new Error('bug'))).toBe(false);
  expect(
    isListenError(Object.assign(new Error('x'), { code: 'EADDRINUSE', syscall: 'connect' })),
  ).toBe(false);
});
