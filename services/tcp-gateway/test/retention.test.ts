import { expect, test } from 'vitest';
import { Client } from './client.ts';
import { ask, hear } from './objects.ts';
import { startSystem } from './system.ts';

test('who comes back for what a room keeps no longer is told of the gap, and gets the rest', async () => {
  await using system = await startSystem();
  using ann = await Client.connect(system.ports.json);
  ask(ann, { type: 'login', nickname: 'ann' });
  ask(ann, { type: 'join', room: 'den' });
  await hear(ann, 'join');

  using before = await Client.connect(system.ports.json);
  ask(before, { type: 'login', nickname: 'bob' });
  const { resume: token, epoch } = await hear(before, 'login');
  ask(before, { type: 'join', room: 'den' });
  await hear(before, 'join');
  before.socket.resetAndDestroy();

  for (let n = 1; n <= 6; n++) ask(ann, { type: 'broadcast', message: `${n}` });
  ask(ann, { type: 'configure', keepCount: 2 });
  expect(await hear(ann, 'configure')).toMatchObject({ room: 'den', keepCount: 2 });
  for (let first: unknown = 1; first !== 5; ) {
    ask(ann, { type: 'history', limit: 1 });
    ({ first } = await hear(ann, 'history'));
  }

  using after = await Client.connect(system.ports.json);
  ask(after, { type: 'resume', token, epoch, cursors: { den: 1 } });
  expect(await hear(after, 'gap')).toEqual({ type: 'gap', room: 'den', from: 2, next: 5, epoch });
  for (const seq of [5, 6]) expect(await hear(after, 'broadcast')).toMatchObject({ seq });
  ask(ann, { type: 'broadcast', message: '7' });
  expect(await hear(after, 'broadcast')).toMatchObject({ seq: 7 });
});
