import type { FilesTaken } from './state/uploads/index.ts';

/** What the server of the page tells about itself: `GET /config.json`. */
export type Config = {
  /** Where ws-gateway is, as a URL, as a path of the page's site, or by its ports on the page's host. */
  readonly ws?: string;
  readonly wsPort?: number;
  /** Over TLS. */
  readonly wssPort?: number;
  /** What this line is called. */
  readonly name?: string;
  readonly locale?: string;
  /** Which files are taken. */
  readonly files?: FilesTaken;
};

const WS_PORT = 7010;

/** The page's configuration; empty when there is none, as on a plain file server. */
export const fetchConfig = async (): Promise<Config> => {
  try {
    const answer = await fetch('/config.json', { cache: 'no-cache' });
    const config: unknown = answer.ok ? await answer.json() : {};
    return typeof config === 'object' && config !== null ? config : {};
  } catch {
    return {};
  }
};

/** The WebSocket address for a page at `location`. */
export const wsUrl = ({ ws, wsPort, wssPort }: Config, location: URL): string => {
  const isHttps = location.protocol === 'https:';
  if (ws?.startsWith('/')) return `${isHttps ? 'wss' : 'ws'}://${location.host}${ws}`;
  if (ws) return ws;
  const isSecure = isHttps || (wsPort === undefined && wssPort !== undefined);
  const port = (isSecure ? wssPort : undefined) ?? wsPort ?? WS_PORT;
  return `${isSecure ? 'wss' : 'ws'}://${location.hostname}:${port}/`;
};
