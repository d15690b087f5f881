import type { Locale } from './problem.ts';

/** A way to take part: the wire, what it is called, and what to paste into a terminal or a browser. */
export type WayIn = {
  readonly wire: string;
  readonly name: { readonly [L in Locale]: string };
  readonly commands: readonly string[];
};

/** Where something is reached, as a shell may be told: nothing in it needs quotes. */
export type Place = { readonly host: string; readonly path: string };

type WayOf = Pick<WayIn, 'wire' | 'name'> & {
  /** Of the endpoint that it needs. */
  readonly scheme: string;
  /** Only for those who are in the folder that it was started from. */
  readonly here?: true;
  commands(place: Place & { readonly port: string }): readonly string[];
};

/** Every way in, in the order in which they are told. */
const table: readonly WayOf[] = [
  {
    ...{ scheme: 'http:', wire: 'browser', name: { en: 'A browser', 'zh-CN': '浏览器' } },
    commands: ({ host, port }) => [`http://${host}:${port}`],
  },
  {
    ...{ scheme: 'json+tcp:', wire: 'terminal', here: true },
    name: { en: 'The terminal client', 'zh-CN': '终端客户端' },
    commands: ({ host, port }) => [
      port === '7002' ? 'npx partyline' : `npx partyline ${host}:${port}`,
    ],
  },
  {
    ...{ scheme: 'text+tcp:', wire: 'text', name: { en: 'A terminal', 'zh-CN': '终端' } },
    commands: ({ host, port }) => [`nc ${host} ${port}`],
  },
  {
    ...{ scheme: 'text+tls:', wire: 'text, TLS' },
    name: { en: 'A terminal, encrypted', 'zh-CN': '终端（加密）' },
    commands: ({ host, port }) => [`openssl s_client -quiet -connect ${host}:${port}`],
  },
  {
    ...{ scheme: 'text+unix:', wire: 'text, Unix', here: true },
    name: { en: 'A terminal, on this machine', 'zh-CN': '终端（本机）' },
    commands: ({ path }) => [`nc -U ${path}`],
  },
  {
    ...{ scheme: 'irc+tcp:', wire: 'irc', name: { en: 'IRC', 'zh-CN': 'IRC' } },
    commands: ({ host, port }) => [`irssi -c ${host} -p ${port}`],
  },
  {
    ...{ scheme: 'irc+tls:', wire: 'irc, TLS' },
    name: { en: 'IRC, encrypted', 'zh-CN': 'IRC（加密）' },
    commands: ({ host, port }) => [`irssi -c ${host} -p ${port} --tls`],
  },
  {
    ...{ scheme: 'http:', wire: 'curl', name: { en: 'curl', 'zh-CN': 'curl' } },
    commands: ({ host, port }) => [
      `curl -d 'hello' http://${host}:${port}/r/lobby`,
      `curl -N http://${host}:${port}/r/lobby`,
    ],
  },
  {
    ...{ scheme: 'https:', wire: 'curl, TLS' },
    name: { en: 'curl, encrypted', 'zh-CN': 'curl（加密）' },
    commands: ({ host, port }) => [`curl -d 'hello' https://${host}:${port}/r/lobby`],
  },
  {
    ...{ scheme: 'json+tcp:', wire: 'json' },
    name: { en: 'A program, one JSON object a line', 'zh-CN': '程序，每行一个 JSON 对象' },
    commands: ({ host, port }) => [
      `(echo '{"type":"login","nickname":"robot"}'; cat) | nc ${host} ${port}`,
    ],
  },
  {
    ...{ scheme: 'raw+tcp:', wire: 'raw' },
    name: { en: 'A pipe, every line to everybody', 'zh-CN': '管道，逐行转发' },
    commands: ({ host, port }) => [`nc ${host} ${port}`],
  },
  {
    ...{ scheme: 'ws:', wire: 'websocket' },
    name: { en: 'WebSocket, subprotocol partyline.v1', 'zh-CN': 'WebSocket，子协议 partyline.v1' },
    commands: ({ host, port }) => [`ws://${host}:${port}/`],
  },
  {
    ...{ scheme: 'ws:', wire: 'socket.io', name: { en: 'Socket.IO', 'zh-CN': 'Socket.IO' } },
    commands: ({ host, port }) => [`io('http://${host}:${port}')`],
  },
  {
    ...{ scheme: 'wss:', wire: 'websocket, TLS' },
    name: { en: 'WebSocket, encrypted', 'zh-CN': 'WebSocket（加密）' },
    commands: ({ host, port }) => [`wss://${host}:${port}/`],
  },
  {
    ...{ scheme: 'udp:', wire: 'udp', name: { en: 'The local network', 'zh-CN': '局域网' } },
    commands: ({ host, port }) => [`echo '{"type":"discover"}' | nc -u -w1 ${host} ${port}`],
  },
  {
    ...{ scheme: 'dns+http:', wire: 'dns', name: { en: 'DNS questions', 'zh-CN': 'DNS 查询' } },
    commands: ({ host, port }) => [`curl 'http://${host}:${port}/probe?name=${host}'`],
  },
];

/** The port of an endpoint, also where URL leaves it out since it is the scheme's own. */
const portOf = ({ port, protocol }: URL): string =>
  port || (protocol === 'https:' || protocol === 'wss:' ? '443' : '80');

/**
 * How people join by these endpoints: here, where the service was started, or from elsewhere.
 * `placeOf` says where an endpoint is; undefined for one that isn't told.
 */
export const waysIn = (
  endpoints: readonly string[],
  from: 'here' | 'elsewhere',
  placeOf: (endpoint: URL) => Place | undefined,
): readonly WayIn[] => {
  const found = endpoints.map((it) => URL.parse(it)).filter((it) => it !== null);
  return table.flatMap(({ scheme, here, wire, name, commands }) => {
    if (here && from === 'elsewhere') return [];
    const endpoint = found.find((it) => it.protocol === scheme);
    const place = endpoint && placeOf(endpoint);
    if (endpoint === undefined || place === undefined) return [];
    return [{ wire, name, commands: commands({ ...place, port: portOf(endpoint) }) }];
  });
};
