import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startBrowser } from '@partyline/web/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  dialWs,
  freePorts,
  type Nc,
  type System,
  startNc,
  startSystem,
  TalkingClient,
} from '../src/index.ts';

/** A page with a list of messages and a box, whose script is what pages of Socket.IO's tutorial have. */
const tutorialPage = (gateway: string, url = ''): string => `<!doctype html>
<ul id="messages"></ul><form><input></form><p></p>
<script src="${gateway}/socket.io/socket.io.js"></script>
<script>
  var socket = io(${url});
  var input = document.querySelector('input');
  document.querySelector('form').addEventListener('submit', function (event) {
    event.preventDefault();
    socket.emit('chat message', input.value);
    input.value = '';
  });
  socket.on('chat message', function (message) {
    var item = document.createElement('li');
    item.textContent = message;
    document.getElementById('messages').appendChild(item);
  });
  socket.on('connect_error', function (error) {
    document.querySelector('p').textContent = error.message;
  });
</script>`;

/** The same with the events of its chat demo, for a user who is added at once. */
const demoPage = (gateway: string): string => `<!doctype html>
<ul id="messages"></ul>
<script src="${gateway}/socket.io/socket.io.js"></script>
<script>
  var socket = io('${gateway}');
  var log = function (text) {
    var item = document.createElement('li');
    item.textContent = text;
    document.getElementById('messages').appendChild(item);
  };
  socket.emit('add user', 'dora');
  socket.on('login', function (data) { log('participants: ' + (data.numUsers > 0)); });
  socket.on('new message', function (data) { log(data.username + ': ' + data.message); });
  socket.on('user joined', function (data) { log(data.username + ' joined'); });
  socket.on('user left', function (data) { log(data.username + ' left'); });
</script>`;

let browser: Browser;
let system: System;
let nc: Nc;
let gateway: string;
/** Origins that are allowed, and that aren't, each serving the page that is set. */
const origins: string[] = [];
const pages = new Map<string, string>();

/** A server of pages, elsewhere than the gateway. */
const servePages = async (port: number): Promise<AsyncDisposable> => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end(pages.get(`http://127.0.0.1:${at.port}`));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address() as AddressInfo;
  origins.push(`http://127.0.0.1:${at.port}`);
  return {
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

const owned = new AsyncDisposableStack();
beforeAll(async () => {
  const [allowed = 0, other = 0] = await freePorts(2);
  owned.use(await servePages(allowed));
  owned.use(await servePages(other));
  system = owned.use(
    await startSystem({
      PARTYLINE_WS_ORIGINS: `http://127.0.0.1:${allowed}`,
      PARTYLINE_GRACE_MS: '60000',
    }),
  );
  gateway = `http://127.0.0.1:${system.ws.port}`;
  browser = await startBrowser();
  owned.defer(() => browser.close());
  nc = owned.use(await startNc(system.tcp.textPort, 'bob'));
}, 120_000);
afterAll(() => owned.disposeAsync());

const open = async (url: string): Promise<Page> => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(url);
  return page;
};
const say = async (page: Page, text: string): Promise<void> => {
  await page.locator('input').fill(text);
  await page.locator('input').press('Enter');
};
const shown = (page: Page): Promise<string[]> => page.locator('li').allTextContents();

test('a classic page from elsewhere, nc and a program talk in one room, and lose nothing when chat-core and the gateway are killed', async () => {
  const [elsewhere = ''] = origins;
  pages.set(elsewhere, tutorialPage(gateway, `'${gateway}'`));
  const one = await open(elsewhere);
  const two = await open(elsewhere);
  const program = new TalkingClient('program', dialWs(system.ws.port));
  await program.enter();

  await say(one, 'hi <b>all</b>');
  await expect.poll(nc.heard).toMatch(/guest-\w+:hi <b>all<\/b>/);
  nc.type('from nc');
  await expect.poll(() => shown(two)).toEqual(['hi <b>all</b>', 'from nc']);
  // Nobody is told what it said itself.
  await expect.poll(() => shown(one)).toEqual(['from nc']);

  await system.core.kill();
  nc.type('while chat-core is away');
  await say(one, 'and I');
  await system.core.start();
  await expect
    .poll(async () => (await shown(two)).slice(2).sort(), { timeout: 25_000 })
    .toEqual(['and I', 'while chat-core is away']);

  await system.ws.process.kill();
  // Until it knows, what a page says is gone: it asks for no acknowledgement.
  await one.waitForFunction('!socket.connected');
  nc.type('while the gateway is away');
  await say(one, 'said to nobody yet');
  await system.ws.process.start();
  await expect
    .poll(async () => (await shown(two)).slice(4).sort(), { timeout: 25_000 })
    .toEqual(['said to nobody yet', 'while the gateway is away']);
  nc.type('at last');
  const ofOthers = ['from nc', 'while chat-core is away', 'while the gateway is away', 'at last'];
  await expect.poll(() => shown(one)).toEqual(ofOthers);
  await expect.poll(() => program.seen.at(-1)?.message).toBe('at last');
  expect(new Set(program.seen.map(({ seq }) => seq)).size).toBe(7);
  expect(nc.heard()).not.toContain('Goodbye');
  program.close();
}, 90_000);

test('a page whose whole script is the tutorial’s takes part where it shares a gateway’s origin', async () => {
  const [port = 0] = await freePorts(1);
  const origin = `http://127.0.0.1:${port}`;
  await system.start('ws-gateway', {
    PARTYLINE_WS_LISTENERS: `ws://127.0.0.1:${port}`,
    PARTYLINE_WS_ORIGINS: origin,
  });
  const page = await (await browser.newContext()).newPage();
  // As behind a proxy that leads /socket.io/ to the gateway and all else to pages.
  await page.route(`${origin}/page`, (route) =>
    route.fulfill({ contentType: 'text/html', body: tutorialPage('') }),
  );
  await page.goto(`${origin}/page`);
  await say(page, 'unchanged');
  await expect.poll(nc.heard).toContain(':unchanged');
  nc.type('answered');
  await expect.poll(() => shown(page)).toContain('answered');
});

test('the chat demo shows who comes, what they say, and who goes', async () => {
  const [elsewhere = ''] = origins;
  pages.set(elsewhere, demoPage(gateway));
  const page = await open(elsewhere);
  await expect.poll(() => shown(page)).toContain('participants: true');
  const eve = await startNc(system.tcp.textPort, 'eve');
  await expect.poll(() => shown(page)).toContain('eve joined');
  eve.type('hello dora');
  await expect.poll(() => shown(page)).toContain('eve: hello dora');
  eve.type('byebye');
  await expect.poll(() => shown(page)).toContain('eve left');
  expect(nc.heard()).toContain('dora');
  await page.reload();
  await expect.poll(() => shown(page)).toContain('participants: true');
  expect(nc.heard()).not.toContain('dora_2');
  await page.close();
  // Others need not wait whether a page that was left comes back.
  await expect.poll(() => nc.heard().match(/Goodbye dora!/g)).toHaveLength(2);
});

test('a page of an origin that is not allowed hears nothing', async () => {
  const [, evil = ''] = origins;
  pages.set(evil, tutorialPage(gateway, `'${gateway}'`));
  const page = await open(evil);
  await expect.poll(() => page.locator('p').textContent()).toContain('error');
  nc.type('a secret');
  await say(page, 'let me in');
  await expect.poll(nc.heard).not.toContain('let me in');
  expect(await shown(page)).toEqual([]);
});
