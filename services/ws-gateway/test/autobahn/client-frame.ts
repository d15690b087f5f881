import { randomBytes } from 'node:crypto';

export type Payload = Uint8Array | string;

/** A frame as a client sends it (RFC 6455 §5.2); whatever it is, it can be written. */
export type ClientFrame = {
  readonly opcode: number;
  readonly payload?: Payload;
  /** True when left out. */
  readonly fin?: boolean;
  /** The three reserved bits as a number; 0 when left out. */
  readonly rsv?: number;
};

const headerOf = ({ opcode, fin = true, rsv = 0 }: ClientFrame, bytes: number): Buffer => {
  const first = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  if (bytes < 126) return Buffer.from([first, 0x80 | bytes]);
  if (bytes < 65_536) {
    const header = Buffer.from([first, 0x80 | 126, 0, 0]);
    header.writeUInt16BE(bytes, 2);
    return header;
  }
  const header = Buffer.from([first, 0x80 | 127, 0, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUIntBE(bytes, 4, 6);
  return header;
};

/** A frame's bytes, masked. */
export const clientFrame = (frame: ClientFrame): Buffer => {
  const payload = Buffer.from(frame.payload ?? '');
  const mask = randomBytes(4);
  const masked = payload.map((byte, at) => byte ^ (mask[at & 3] ?? 0));
  return Buffer.concat([headerOf(frame, payload.length), mask, masked]);
};

export const text = (payload: Payload, fin = true): ClientFrame => ({ opcode: 1, payload, fin });
export const binary = (payload: Payload, fin = true): ClientFrame => ({ opcode: 2, payload, fin });
export const more = (payload: Payload, fin: boolean): ClientFrame => ({ opcode: 0, payload, fin });
export const ping = (payload: Payload = ''): ClientFrame => ({ opcode: 9, payload });
export const pong = (payload: Payload = ''): ClientFrame => ({ opcode: 10, payload });

/** A close frame with a code and a reason. */
export const close = (code: number, reason: Payload = ''): ClientFrame => {
  const head = Buffer.alloc(2);
  head.writeUInt16BE(code);
  return { opcode: 8, payload: Buffer.concat([head, Buffer.from(reason)]) };
};

/** A message in frames of `size` bytes. */
export const fragments = (first: 1 | 2, payload: Buffer, size: number): ClientFrame[] =>
  Array.from({ length: Math.ceil(payload.length / size) }, (_, index) => ({
    opcode: index === 0 ? first : 0,
    payload: payload.subarray(index * size, (index + 1) * size),
    fin: (index + 1) * size >= payload.length,
  }));
