import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ServiceProcess } from '@partyline/service/testing';

type Dialect = 'text' | 'json';
type Environment = Readonly<Record<string, string>>;

const programOf = (service: string): URL =>
  new URL(`../../${service}/src/main.ts`, import.meta.url);

const ADMIN_TOKEN = 'the-admin-token-of-a-test';

/** Somebody with nc: what comes is heard line by line. */
const netcat = (port: number) => {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => {});
  const lines = createInterface(socket)[Symbol.asyncIterator]();
  return {
    say: (line: string) => void socket.write(`${line}\n`),
    hear: async (): Promise<string> => (await lines.next()).value ?? '',
    /** The first line that holds this, and all before it. */
    async until(part: string): Promise<string[]> {
      const heard: string[] = [];
      do heard.push(await this.hear());
      while (!heard.at(-1)?.includes(part));
      return heard;
    },
    [Symbol.dispose]: () => void socket.destroy(),
  };
};

/** chat-core and http-static, with everything of their own; a tcp-gateway once somebody comes with nc. */
export const startSystem = async (env: Environment = {}) => {
  await using parts = new AsyncDisposableStack();
  /** Whatever is started ends with it. */
  let owner: AsyncDisposableStack = parts;
  const folder = await mkdtemp(join(tmpdir(), 'partyline-http-'));
  parts.defer(() => rm(folder, { recursive: true, force: true }));
  const start = async (service: string, own: Environment) => {
    const process = await ServiceProcess.start(programOf(service), {
      PARTYLINE_BUS: `unix:${folder}/bus.sock`,
      PARTYLINE_BUS_TOKEN: 'the-bus-token-of-a-test',
      ...own,
      ...env,
    });
    return owner.use(process);
  };
  const core = await start('chat-core', {
    PARTYLINE_DATA: folder,
    PARTYLINE_ADMIN_PORT: '0',
    PARTYLINE_ADMIN_TOKEN: ADMIN_TOKEN,
  });
  const http = await start('http-static', {
    PARTYLINE_DATA: folder,
    PARTYLINE_HTTP_HOST: '127.0.0.1',
    PARTYLINE_HTTP_PORT: '0',
    PARTYLINE_WEB_ROOT: folder,
  });
  let tcpPorts: Promise<Readonly<Record<Dialect, number>>> | undefined;
  const startTcp = async () => {
    const tcp = await start('tcp-gateway', {
      PARTYLINE_TCP_LISTENERS: 'text+tcp://127.0.0.1:0 json+tcp://127.0.0.1:0',
      PARTYLINE_TCP_OPS_PORT: '0',
    });
    const { endpoints } = await tcp.logged('listening');
    const portOf = (dialect: Dialect): number =>
      Number(new RegExp(`${dialect}\\+tcp:[^,]*:(\\d+)`).exec(String(endpoints))?.[1]);
    return { text: portOf('text'), json: portOf('json') };
  };
  const { port } = await http.logged('listening');
  await http.logged('the bus is up');
  const { msg: adminAt } = await core.logged(/^listening on http/);
  const adminUrl = adminAt.replace('listening on ', '');
  const url = `http://127.0.0.1:${port}`;
  const nc = async (dialect: Dialect = 'text') => {
    tcpPorts ??= startTcp();
    return netcat((await tcpPorts)[dialect]);
  };
  owner = parts.move();
  return {
    ...{ folder, url, port: Number(port), http, core },
    ask: (path: string, init: RequestInit = {}) => fetch(url + path, init),
    /** Says something as `curl -d` does. */
    post: (path: string, body: string, headers: Record<string, string> = {}) =>
      fetch(url + path, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      }),
    netcat: nc,
    /** A program that speaks JSON, logged in. */
    async program(nickname: string) {
      const it = await nc('json');
      it.say(JSON.stringify({ type: 'login', nickname }));
      await it.until('"success":true');
      return {
        /** The first frame of its type that answers a request. */
        async ask(request: { readonly type: string; readonly [member: string]: unknown }) {
          it.say(JSON.stringify(request));
          const heard = await it.until(`"${request.type}"`);
          return JSON.parse(heard.at(-1) ?? '') as Readonly<Record<string, string>>;
        },
        /** The first frame that holds this. */
        hear: async (part: string) => JSON.parse((await it.until(part)).at(-1) ?? ''),
        [Symbol.dispose]: () => it[Symbol.dispose](),
      };
    },
    /** Somebody with nc in a room. */
    async inRoom(nick: string, room: string) {
      const it = await nc();
      it.say(nick);
      it.say(`/join ${room}`);
      await it.until(`#${room}`);
      return it;
    },
    admin: (path: string, body?: object) =>
      fetch(adminUrl + path, {
        headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      }),
    [Symbol.asyncDispose]: () => owner.disposeAsync(),
  };
};

/** Reads the lines of an answer without an end. */
export const linesOf = (answer: Response) => {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  const lines: string[] = [];
  return {
    async next(): Promise<string> {
      for (;;) {
        const line = lines.shift();
        if (line !== undefined) return line;
        const { done, value } = (await reader?.read()) ?? { done: true };
        if (done || value === undefined) throw new Error(`the stream ended; left: ${rest}`);
        const parts = (rest + value).split('\n');
        rest = parts.pop() ?? '';
        lines.push(...parts);
      }
    },
    async until(part: string): Promise<string[]> {
      const heard: string[] = [];
      do heard.push(await this.next());
      while (!heard.at(-1)?.includes(part));
      return heard;
    },
    close: () => reader?.cancel(),
  };
};
