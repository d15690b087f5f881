import type { Locale } from '@partyline/protocol';

/** One way to take part: what for, and what to paste. */
export type Way = { readonly wire: string; readonly commands: readonly string[] };

type WayOf = {
  readonly wire: { readonly [L in Locale]: string };
  commands(host: string, port: string): readonly string[];
};

/** How people join, by the scheme of an endpoint, in the order in which they are told. */
const table: Readonly<Record<string, WayOf>> = {
  'text+tcp:': {
    wire: { en: 'A terminal', 'zh-CN': '终端' },
    commands: (host, port) => [`nc ${host} ${port}`],
  },
  'text+tls:': {
    wire: { en: 'A terminal, encrypted', 'zh-CN': '终端（加密）' },
    commands: (host, port) => [`openssl s_client -quiet -connect ${host}:${port}`],
  },
  'irc+tcp:': {
    wire: { en: 'IRC', 'zh-CN': 'IRC' },
    commands: (host, port) => [`irssi -c ${host} -p ${port}`],
  },
  'irc+tls:': {
    wire: { en: 'IRC, encrypted', 'zh-CN': 'IRC（加密）' },
    commands: (host, port) => [`irssi -c ${host} -p ${port} --tls`],
  },
  'http:': {
    wire: { en: 'curl', 'zh-CN': 'curl' },
    commands: (host, port) => [
      `curl -d 'hello' http://${host}:${port}/r/lobby`,
      `curl -N http://${host}:${port}/r/lobby`,
    ],
  },
  'https:': {
    wire: { en: 'curl, encrypted', 'zh-CN': 'curl（加密）' },
    commands: (host, port) => [`curl -d 'hello' https://${host}:${port}/r/lobby`],
  },
  'json+tcp:': {
    wire: { en: 'A program, one JSON object a line', 'zh-CN': '程序，每行一个 JSON 对象' },
    commands: (host, port) => [
      `(echo '{"type":"login","nickname":"robot"}'; cat) | nc ${host} ${port}`,
    ],
  },
  'ws:': {
    wire: {
      en: 'WebSocket, subprotocol partyline.v1; Socket.IO',
      'zh-CN': 'WebSocket，子协议 partyline.v1；Socket.IO',
    },
    commands: (host, port) => [`ws://${host}:${port}/`, `io('http://${host}:${port}')`],
  },
  'wss:': {
    wire: { en: 'WebSocket, encrypted', 'zh-CN': 'WebSocket（加密）' },
    commands: (host, port) => [`wss://${host}:${port}/`],
  },
  'udp:': {
    wire: { en: 'The local network', 'zh-CN': '局域网' },
    commands: (host, port) => [`echo '{"type":"discover"}' | nc -u -w1 ${host} ${port}`],
  },
  'dns+http:': {
    wire: { en: 'DNS questions', 'zh-CN': 'DNS 查询' },
    commands: (host, port) => [`curl 'http://${host}:${port}/probe?name=${host}'`],
  },
};

/** What may be pasted into a shell as a host: a name or an address, nothing else. */
const plainHost = /^[a-z0-9.-]+$|^\[[\da-f:.]+\]$/;

/** The ways in by these endpoints, at the host by which the client came. */
export const waysIn = (
  endpoints: readonly string[],
  host: string | undefined,
  locale: Locale,
): readonly Way[] => {
  const reachedAs = URL.parse(`http://${host ?? ''}`)?.hostname ?? '';
  const found = endpoints.map((it) => URL.parse(it)).filter((it) => it !== null);
  return Object.entries(table).flatMap(([scheme, { wire, commands }]) => {
    const endpoint = found.find((it) => it.protocol === scheme);
    if (endpoint === undefined) return [];
    const name = plainHost.test(reachedAs) ? reachedAs : endpoint.hostname;
    if (!plainHost.test(name)) return [];
    return [{ wire: wire[locale], commands: commands(name, endpoint.port || '80') }];
  });
};
