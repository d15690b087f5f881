/** What the server of the page tells about itself: `GET /config.json`. */
export type Config = {
  /** Where ws-gateway is, as a URL or by its port on the page's host. */
  readonly ws?: string;
  readonly wsPort?: number;
  /** What this line is called. */
  readonly name?: string;
  readonly locale?: string;
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
export const wsUrl = ({ ws, wsPort = WS_PORT }: Config, location: URL): string => {
  if (ws) return ws;
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return `${scheme}://${location.hostname}:${wsPort}/`;
};
