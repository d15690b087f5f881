import { expect, test } from 'vitest';
import { Client } from './client.ts';
import { ask, hear } from './objects.ts';
import { startSystem } from './system.ts';

test('a program whose connection broke goes on where it was, and nobody saw it leave', async () => {
  await using system = await startSystem();
  using ann = await Client.connect(system.ports.json);
  ask(ann, { type: 'login', nickname: 'ann' });
  await hear(ann, 'login');

  using before = await Client.connect(system.ports.json);
  ask(before, { type: 'login', nickname: 'bob' });
  const { resume: token, epoch } = await hear(before, 'login');
  ask(before, { type: 'broadcast', message: 'one', id: 'b1' });
  const receipt = await hear(before, 'ack');
  before.socket.resetAndDestroy();

  for (const message of ['two', 'three']) ask(ann, { type: 'broadcast', message });
  for (const message of ['one', 'two', 'three'])
    expect(await hear(ann, 'broadcast')).toMatchObject({ message });

  using after = await Client.connect(system.ports.json);
  ask(after, { type: 'resume', token, epoch, cursors: { lobby: receipt.seq } });
  expect(await hear(after, 'login')).toMatchObject({ resumed: true, nickname: 'bob' });
  for (const message of ['two', 'three'])
    expect(await hear(after, 'broadcast')).toMatchObject({ message });
  ask(after, { type: 'broadcast', message: 'one', id: 'b1' });
  expect(await hear(after, 'ack')).toEqual(receipt);
  ask(after, { type: 'broadcast', message: 'four' });

  expect(JSON.parse((await ann.hear()) ?? '{}')).toMatchObject({ message: 'four' });
});

test('a program that was killed left at once, and goes on where it was all the same', async () => {
  await using system = await startSystem();
  using ann = await Client.connect(system.ports.json);
  ask(ann, { type: 'login', nickname: 'ann' });
  await hear(ann, 'login');

  using before = await Client.connect(system.ports.json);
  ask(before, { type: 'login', nickname: 'bob' });
  const { resume: token, epoch } = await hear(before, 'login');
  expect(await hear(ann, 'log')).toMatchObject({ change: 'joined', nickname: 'bob' });
  before.end();
  expect(await hear(ann, 'log')).toMatchObject({ change: 'left', nickname: 'bob' });
  ask(ann, { type: 'broadcast', message: 'meanwhile' });

  using after = await Client.connect(system.ports.json);
  ask(after, { type: 'resume', token, epoch, cursors: { lobby: 0 } });
  expect(await hear(after, 'login')).toMatchObject({ resumed: true, nickname: 'bob' });
  expect(await hear(after, 'broadcast')).toMatchObject({ message: 'meanwhile' });
  ask(after, { type: 'quit' });
  expect(await after.hear()).toMatch(/close/);

  using late = await Client.connect(system.ports.json);
  ask(late, { type: 'resume', token, epoch, cursors: {} });
  expect(await hear(late, 'login')).toMatchObject({ success: false, code: 'resume-unknown' });
});
