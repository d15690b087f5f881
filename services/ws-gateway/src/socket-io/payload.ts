import { textFrames } from '../frames.ts';

/** What ends each packet of a payload, as Engine.IO's protocol has it; JSON has none of it. */
const SEPARATOR = '\u001e';

/** Socket.IO packets, one after another, as bytes that depend on no transport. */
export const payloadOf = (packets: readonly string[]): Uint8Array =>
  Buffer.from(packets.map((it) => it + SEPARATOR).join(''));

/** The packets of payloads that were put one behind the other. */
export const packetsOf = (payload: Uint8Array): readonly string[] =>
  Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)
    .toString()
    .split(SEPARATOR)
    .slice(0, -1);

/** Engine.IO's packet type of whatever is not its own. */
const MESSAGE = '4';

/** Makes payloads WebSocket frames: once, while one connection after another sends the same. */
export class PayloadFrames {
  #payload: Uint8Array | undefined;
  #frames: Uint8Array = new Uint8Array();

  of(payload: Uint8Array): Uint8Array {
    if (payload !== this.#payload) {
      this.#payload = payload;
      this.#frames = textFrames(packetsOf(payload).map((it) => MESSAGE + it));
    }
    return this.#frames;
  }
}
