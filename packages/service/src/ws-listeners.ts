import { checked, setting } from './setting.ts';

/** Where WebSockets are opened. */
export type WsListener = {
  /** Whether TLS is spoken there. */
  readonly isSecure: boolean;
  /** A name or an address without brackets; `*` is every address of the machine. */
  readonly host: string;
  readonly port: number;
};

const usualPorts: Readonly<Record<string, number>> = { 'ws:': 80, 'wss:': 443 };

/** A listener's URL, `ws://HOST:PORT` or `wss://HOST:PORT`; undefined when it is none. */
export const parseWsListener = (text: string): WsListener | undefined => {
  const url = URL.parse(text);
  const usual = usualPorts[url?.protocol ?? ''];
  if (url === null || usual === undefined || text.includes('@')) return undefined;
  const { protocol, hostname, port, pathname, search, hash } = url;
  if (pathname !== '/' || search !== '' || hash !== '') return undefined;
  return {
    isSecure: protocol === 'wss:',
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? usual : Number(port),
  };
};

/** Where ws-gateway opens WebSockets; http-static tells pages. */
export const wsListeners = checked(
  setting.list(
    'PARTYLINE_WS_LISTENERS',
    ['ws://*:7010', 'wss://*:7710'],
    'where WebSockets are opened, `ws://HOST:PORT`, or over TLS, `wss://HOST:PORT`; `*` is every address',
  ),
  'URLs, separated by spaces: ws://HOST:PORT or wss://HOST:PORT, such as ws://*:7010',
  (urls) => urls.length > 0 && urls.every((url) => parseWsListener(url) !== undefined),
);
