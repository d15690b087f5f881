import { expect, test } from 'vitest';
import { handedOver } from './descriptor.ts';

const of = (environment: Readonly<Record<string, string>>) =>
  Object.fromEntries(handedOver({ LISTEN_PID: '42', ...environment }, 42));

test('sockets that were handed over are known by their names and their numbers', () => {
  expect(of({ LISTEN_FDS: '2', LISTEN_FDNAMES: 'text:json' })).toEqual({
    ...{ 3: 3, text: 3 },
    ...{ 4: 4, json: 4 },
  });
  expect(of({ LISTEN_FDS: '1' })).toEqual({ 3: 3 });
  expect(of({ LISTEN_FDS: '2', LISTEN_FDNAMES: 'same:same' })).toEqual({ 3: 3, 4: 4, same: 3 });
});

test.each([{}, { LISTEN_FDS: '0' }, { LISTEN_FDS: '2', LISTEN_PID: '43' }])(
  'nothing was handed over by %j',
  (environment) => {
    expect(of(environment)).toEqual({});
  },
);
