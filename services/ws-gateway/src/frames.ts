/** Final frames, RFC 6455 §5.2: FIN and the opcode. */
const FIN_TEXT = 0x81;
const FIN_BINARY = 0x82;

/** From this many payload bytes on, the length takes 2 bytes more, and 8 bytes more. */
const LONG_BYTES = 126;
const VERY_LONG_BYTES = 65_536;

const headerBytes = (payloadBytes: number): number => {
  if (payloadBytes < LONG_BYTES) return 2;
  return payloadBytes < VERY_LONG_BYTES ? 4 : 10;
};

const writeHeader = (frames: Buffer, first: number, payloadBytes: number, at: number): number => {
  let next = frames.writeUInt8(first, at);
  if (payloadBytes < LONG_BYTES) return frames.writeUInt8(payloadBytes, next);
  if (payloadBytes < VERY_LONG_BYTES) {
    next = frames.writeUInt8(LONG_BYTES, next);
    return frames.writeUInt16BE(payloadBytes, next);
  }
  next = frames.writeUInt8(LONG_BYTES + 1, next);
  next = frames.writeUInt16BE(0, next);
  return frames.writeUIntBE(payloadBytes, next, 6);
};

/** Frames in one piece of memory, each with the same first byte. */
const framesOf = (first: number, texts: readonly string[]): Uint8Array => {
  const payloadBytes = texts.map((text) => Buffer.byteLength(text));
  const bytes = payloadBytes.reduce((sum, payload) => sum + headerBytes(payload) + payload, 0);
  const frames = Buffer.allocUnsafe(bytes);
  let at = 0;
  texts.forEach((text, index) => {
    at = writeHeader(frames, first, payloadBytes[index] ?? 0, at);
    at += frames.write(text, at);
  });
  return frames;
};

/**
 * Texts as WebSocket text frames, final and unmasked as a server sends them (RFC 6455 §5.2). They
 * depend on no connection: built once, they are written to every socket.
 */
export const textFrames = (texts: readonly string[]): Uint8Array => framesOf(FIN_TEXT, texts);

/** The same as binary frames. */
export const binaryFrames = (texts: readonly string[]): Uint8Array => framesOf(FIN_BINARY, texts);
