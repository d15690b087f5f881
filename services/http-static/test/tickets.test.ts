import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSystem } from './system.ts';
import { tusClient } from './tus.ts';

let system: Awaited<ReturnType<typeof startSystem>>;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system[Symbol.asyncDispose]());

const bearer = (ticket: string | undefined) => ({ authorization: `Bearer ${ticket}` });
const uploads = (ticket: string | undefined) => tusClient(system.url, '', bearer(ticket));
const pathOf = (begun: Response): string => begun.headers.get('location') ?? '';

test('a program shares a file in its own name, once, and hears where that is done', async () => {
  using ann = await system.inRoom('ann', 'tea');
  using bob = await system.program('bob');
  await bob.ask({ type: 'join', room: 'tea' });
  const { ticket, url, room } = await bob.ask({ type: 'upload', room: 'tea' });
  expect({ room, path: new URL(url ?? '').pathname }).toEqual({ room: 'tea', path: '/files' });
  await bob.ask({ type: 'rename', nickname: 'rob' });

  const begun = await uploads(ticket).begin(3, { filename: 'tea.txt' });
  const done = await uploads(ticket).patch(pathOf(begun), 0, 'tea');
  expect(done.status).toBe(204);
  const file = done.headers.get('content-location');
  const heard = await ann.until('tea.txt');
  expect(heard.at(-1)).toBe(`#tea rob:tea.txt (3 B) ${system.url}${file}`);
  expect(await bob.hear('tea.txt')).toMatchObject({
    ...{ type: 'broadcast', room: 'tea', nickname: 'rob' },
    card: { type: 'file', file: { name: 'tea.txt', bytes: 3, url: system.url + file } },
  });
  expect(await (await fetch(system.url + file)).text()).toBe('tea');
  const again = await uploads(ticket).patch(pathOf(begun), 3, '');
  expect(again.headers.get('content-location')).toBe(file);
});

test('a file goes to one person alone', async () => {
  using eve = await system.program('eve');
  using kim = await system.program('kim');
  const { ticket } = await eve.ask({ type: 'upload', room: '@kim' });
  const begun = await uploads(ticket).begin(3, { filename: 'secret.txt' });
  await uploads(ticket).patch(pathOf(begun), 0, 'sst');
  const card = { type: 'file', file: { name: 'secret.txt' } };
  expect(await kim.hear('secret.txt')).toMatchObject({ type: 'p2p', from: 'eve', to: 'kim', card });
});

test('a ticket opens no other room, and no other door', async () => {
  using may = await system.program('may');
  const { ticket } = await may.ask({ type: 'upload', room: 'lobby' });
  const put = (path: string, own: string | undefined) =>
    fetch(system.url + path, { method: 'PUT', body: 'x', headers: bearer(own) });
  expect((await put('/r/lobby/x.txt', ticket)).status).toBe(201);
  expect((await put('/r/ops/x.txt', ticket)).status).toBe(401);
  expect((await put('/r/lobby/x.txt', `${ticket}x`)).status).toBe(401);
  expect((await uploads(ticket).begin(1, { room: 'ops' })).status).toBe(401);
  const said = await system.post('/r/lobby', 'hi', bearer(ticket));
  expect(said.status).toBe(400);
});

test('what is whole waits for a ticket that is good, and is given up when nobody may tell it', async () => {
  using zoe = await system.program('zoe');
  using ann = await system.inRoom('ann2', 'wait');
  await zoe.ask({ type: 'join', room: 'wait' });
  const { ticket } = await zoe.ask({ type: 'upload', room: 'wait' });
  const begin = async () => pathOf(await uploads(ticket).begin(2, { filename: 'w.txt' }));

  const path = await begin();
  expect((await uploads('none').patch(path, 0, 'ww')).status).toBe(401);
  expect((await uploads(ticket).head(path)).headers.get('upload-offset')).toBe('2');
  expect((await uploads(ticket).patch(path, 2, '')).status).toBe(204);
  await ann.until('w.txt');

  const other = await begin();
  await system.admin('/v1/rooms/wait/mute', { nick: 'zoe' });
  const refused = await uploads(ticket).patch(other, 0, 'ww');
  expect(refused.status).toBe(403);
  expect((await uploads(ticket).head(other)).status).toBe(404);
});
