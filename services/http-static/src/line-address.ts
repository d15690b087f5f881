import { parseWsListener } from '@partyline/service';

/** Where pages open their WebSocket: at an address of its own or a path of their site, or at these ports of their own host. */
export type LineAddress =
  | { readonly ws: string }
  | {
      readonly wsPort?: number;
      /** Over TLS, as pages that came so have to. */
      readonly wssPort?: number;
    };

/** Where the settings say that it is. */
export const lineAddress = ({
  wsUrl,
  wsListeners,
}: {
  readonly wsUrl: string | undefined;
  readonly wsListeners: readonly string[];
}): LineAddress => {
  if (wsUrl !== undefined) return { ws: wsUrl };
  const listeners = wsListeners.map(parseWsListener);
  const plain = listeners.find((it) => it?.isSecure === false);
  const secure = listeners.find((it) => it?.isSecure === true);
  return {
    ...(plain !== undefined && { wsPort: plain.port }),
    ...(secure !== undefined && { wssPort: secure.port }),
  };
};
