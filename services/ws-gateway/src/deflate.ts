import type { PerMessageDeflateOptions } from 'ws';

/** Who may use permessage-deflate (RFC 7692), and for what. */
export type DeflateRules = {
  /** Messages to clients are compressed from this length on. */
  readonly deflateBytes: number;
  /** Connections that use it at once. Each that has sent something compressed costs about 35 KiB more. */
  readonly maxDeflated: number;
};

/** No message depends on one before: what is sent is compressed once for all, what comes keeps no memory. */
export const deflateOptions: PerMessageDeflateOptions = {
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
};

/**
 * Whether a client that makes these offers (`Sec-WebSocket-Extensions`) can be sent what is
 * compressed for all, with the whole window.
 */
export const canInflate = (offers: string | undefined): boolean => {
  const offer = offers
    ?.split(',')
    .map((it) => it.trim())
    .find((it) => /^permessage-deflate\s*(;|$)/.test(it));
  if (offer === undefined) return false;
  const bits = /server_max_window_bits\s*=\s*"?(\d+)/.exec(offer)?.[1] ?? '15';
  return bits === '15';
};
