import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSystem } from './system.ts';

let system: Awaited<ReturnType<typeof startSystem>>;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system[Symbol.asyncDispose]());

const html = { headers: { accept: 'text/html' } };
const page = async (path: string) => (await system.ask(path, html)).text();

/** The form as a browser without scripts has it: its hidden fields. */
const hiddenFields = (text: string) =>
  Object.fromEntries(
    [...text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  );

const send = (path: string, fields: Record<string, string>, headers = {}) =>
  system.ask(path, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
    headers: { ...html.headers, ...headers },
  });

describe('the front page', () => {
  test('tells who is online, the rooms, and how to join from each wire', async () => {
    using _ann = await system.inRoom('ann', 'tea');
    const text = await page('/about');
    expect(text).toContain('<bdi>ann</bdi>');
    expect(text).toContain('<a href="/r/tea">#tea</a>');
    expect(text).toMatch(/nc 127\.0\.0\.1 \d+/);
    const plain = await (await system.ask('/')).text();
    expect(plain).toContain('1 online now.');
    expect(plain).toContain(`curl -N http://127.0.0.1:${system.port}/r/lobby`);
  });

  test('runs nothing and loads nothing of others', async () => {
    const answer = await system.ask('/about', html);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
    const [, style = ''] = /href="(\/pages\/[^"]+\.css)"/.exec(await answer.text()) ?? [];
    const css = await system.ask(style);
    expect(css.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(css.headers.get('cache-control')).toContain('immutable');
  });
});

describe('a transcript', () => {
  test('shows pictures that were shared, in their place before they come, and links to other files', async () => {
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452000003c0000002800806000000', 'hex');
    const share = async (name: string, body: Buffer | string) => {
      const shared = await system.ask(`/r/files/${name}?nick=amy`, { method: 'PUT', body });
      return shared.headers.get('location');
    };
    const picture = await share('a%20b.png', png);
    const other = await share('%3Cb%3E.txt', 'plain');
    const text = await page('/r/files');
    expect(text).toContain(
      `<a href="${picture}"><img src="${picture}" alt="" width="480" height="320" loading="lazy"`,
    );
    expect(text).toContain(
      `<a href="${other}"><bdi>_b_.txt</bdi></a> <span class="quiet">5 B</span>`,
    );
    expect(text).not.toContain('(5 B) http');
  });

  test('shows a room by pages, the newest first', async () => {
    for (let n = 1; n <= 60; n += 1) await system.post('/r/long?nick=ann', `number ${n}.`);
    const newest = await page('/r/long');
    expect(newest).toContain('number 60.');
    expect(newest).not.toContain('number 10.');
    const [, older = ''] = /rel="prev" href="([^"]+)"/.exec(newest) ?? [];
    expect(older).toBe('/r/long?before=11');
    const oldest = await page(older);
    expect(oldest).toContain('number 10.');
    expect(oldest).not.toContain('rel="prev"');
    expect(oldest).toContain('href="/r/long?after=10"');
  });

  test('has a place for each event, as a page, as text and as JSON', async () => {
    await system.post('/r/place?nick=ann', 'one');
    expect(await page('/r/place/1')).toMatch(/<li id="m1" class="meant">[\s\S]*one/);
    expect(await (await system.ask('/r/place/1')).text()).toBe('#place ann:one\n');
    const json = await system.ask('/r/place/1', { headers: { accept: 'application/json' } });
    expect(await json.json()).toMatchObject({ seq: 1, message: 'one' });
    for (const path of ['/r/place/2', '/r/place/0', '/r/place/x'])
      expect((await system.ask(path, html)).status).toBe(404);
  });

  test('shows text as text', async () => {
    const bad = `<script>alert(1)</script>"'&<img src=x onerror=alert(1)>`;
    await system.post('/r/bad?nick=a%60b', bad);
    using ann = await system.inRoom('ann', 'bad');
    ann.say(`/topic ${bad}`);
    await system.post('/r/bad', 'end');
    await ann.until('end');
    const text = await page('/r/bad');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toContain('<script');
    expect(text).not.toContain('<img src=x');
  });

  test('lets addresses be followed, and shows what people marked', async () => {
    const said = 'see https://a.example/x?y="&z=1 **now**, `<b>`\n> so\n```sh\nls <x>\n```';
    await system.post('/r/links?nick=bob', said);
    await system.post('/r/links?nick=bob', 'javascript:alert(1) data:text/html,x //b.example');
    using ann = await system.inRoom('ann', 'links');
    ann.say('/topic read http://c.example first');
    // Nobody is told what they did themselves: that it is done, the answer to the next tells.
    ann.say('/topic');
    await ann.until('read http://c.example first');
    const text = await page('/r/links');
    const link = (address: string) =>
      `<a href="${address}" rel="noopener noreferrer nofollow ugc">${address}</a>`;
    expect(text).toContain(
      `<span>see ${link('https://a.example/x?y=')}&quot;&amp;z=1 <strong>now</strong>, <code>&lt;b&gt;</code></span>` +
        '<blockquote>so</blockquote>' +
        '<pre data-language="sh"><code>ls &lt;x&gt;</code></pre>',
    );
    expect(text).toContain('<span>javascript:alert(1) data:text/html,x //b.example</span>');
    expect(text.split(`read ${link('http://c.example')} first`)).toHaveLength(3);
  });

  test('is of public rooms only', async () => {
    using ann = await system.inRoom('ann', 'den');
    ann.say('/room private');
    await ann.until('is kept');
    const answer = await system.ask('/r/den', html);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('<h1>Nobody at this number</h1>');
    expect((await system.ask('/r/den/1', html)).status).toBe(404);
    expect(await page('/about')).not.toContain('#den');
  });
});

describe('the guestbook', () => {
  test('takes an entry without scripts, shows it first, and tells the lobby', async () => {
    using cleo = await system.netcat();
    cleo.say('cleo');
    const sign = async (name: string, message: string) =>
      send('/guestbook', { ...hiddenFields(await page('/guestbook')), name, message });
    await sign('Dora', 'I was here first');
    const answer = await sign('Ann Lee', 'Hello <b>all</b>\nand more');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/guestbook?said=2#m2');
    const text = await page('/guestbook?said=2');
    expect(text).toContain('Your entry is number 2.');
    expect(text).toContain('Hello &lt;b&gt;all&lt;/b&gt;');
    expect(text.indexOf('Hello')).toBeLessThan(text.indexOf('I was here first'));
    const told = await cleo.until('and more');
    expect(told.join('\n')).toContain('guestbook:Ann-Lee wrote in the guestbook: Hello <b>all</b>');
  });

  test('takes an entry once, however often the form is sent', async () => {
    const fields = hiddenFields(await page('/guestbook'));
    const sign = () => send('/guestbook', { ...fields, name: 'twice', message: 'only once' });
    const [first, second] = [await sign(), await sign()];
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect((await page('/guestbook')).split('only once')).toHaveLength(2);
  });

  test.each([
    ['a form of somebody else', { token: 'x.y.z' }, 403, 'This form was open for too long.'],
    ['a name that is none', { name: 'a:b' }, 422, 'A nickname is made of'],
    ['no name', { name: ' ' }, 422, 'A nickname is needed.'],
    ['no words', { message: ' ' }, 422, 'There is no text to send.'],
    ['too many words', { message: 'x'.repeat(1_001) }, 413, 'at most 1000 characters'],
  ])('refuses %s, and keeps what was written', async (_, wrong, status, text) => {
    const fields = {
      ...hiddenFields(await page('/guestbook')),
      name: 'eve',
      message: 'kept words',
    };
    const answer = await send('/guestbook', { ...fields, ...wrong });
    expect(answer.status).toBe(status);
    const shown = await answer.text();
    expect(shown).toContain(text);
    if (!('message' in wrong)) expect(shown).toContain('kept words</textarea>');
  });

  test('pretends to those who fill in what nobody sees', async () => {
    const fields = { ...hiddenFields(await page('/guestbook')), website: 'https://spam.example' };
    const answer = await send('/guestbook', { ...fields, name: 'bot', message: 'buy this' });
    expect(answer.status).toBe(303);
    expect(await page('/guestbook')).not.toContain('buy this');
  });

  test('is signed by one address only so often', async () => {
    const sign = async (n: number) =>
      send('/guestbook', {
        ...hiddenFields(await page('/guestbook')),
        ...{ name: 'busy', message: `again ${n}` },
      });
    const answers = [];
    for (let n = 0; n < 11; n += 1) answers.push(await sign(n));
    const last = answers.at(-1);
    expect(last?.status).toBe(429);
    expect(await last?.text()).toContain('Wait');
  });
});
