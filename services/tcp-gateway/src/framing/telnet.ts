import type { Framer, FrameSink } from './framer.ts';

const NUL = 0;
const LF = 0x0a;
const CR = 0x0d;

// Commands of RFC 854.
const IAC = 255;
const DONT = 254;
const DO = 253;
const WONT = 252;
const WILL = 251;
const SB = 250;
const SE = 240;

const EMPTY = Buffer.alloc(0);

/**
 * Where in the telnet protocol the stream stands: in data, after a CR of it, after IAC, after
 * IAC and one of the verbs WILL, WONT, DO, DONT, in a subnegotiation, after IAC in one.
 */
type Place = 'data' | 'cr' | 'iac' | 'will' | 'wont' | 'do' | 'dont' | 'sb' | 'sb-iac';

/**
 * The telnet protocol (RFC 854, RFC 1143) as far as a line of text needs it: commands are taken out
 * of the bytes, every option is refused, CR NUL becomes CR LF and no other NUL stays.
 */
export class TelnetFilter {
  #place: Place = 'data';

  /** The text in the bytes. What telnet itself has to answer goes to `reply`. */
  push(bytes: Buffer, reply: (bytes: Uint8Array) => void): Buffer {
    const isInData = this.#place === 'data' || this.#place === 'cr';
    if (isInData && !bytes.includes(IAC) && !bytes.includes(NUL)) {
      this.#place = bytes.at(-1) === CR ? 'cr' : 'data';
      return bytes;
    }
    const text = Buffer.allocUnsafe(bytes.length);
    let length = 0;
    const refusals: number[] = [];
    for (const byte of bytes) {
      const kept = this.#step(byte, refusals);
      if (kept !== undefined) text[length++] = kept;
    }
    if (refusals.length > 0) reply(Uint8Array.from(refusals));
    return length === 0 ? EMPTY : text.subarray(0, length);
  }

  /** The byte of text that one byte stands for, if any. */
  #step(byte: number, refusals: number[]): number | undefined {
    switch (this.#place) {
      case 'cr':
      case 'data': {
        const isAfterCr = this.#place === 'cr';
        this.#place = byte === IAC ? 'iac' : byte === CR ? 'cr' : 'data';
        if (byte === IAC) return undefined;
        if (byte === NUL) return isAfterCr ? LF : undefined;
        return byte;
      }
      case 'iac':
        this.#place = placeAfterIac(byte);
        return byte === IAC ? byte : undefined;
      case 'do':
        refusals.push(IAC, WONT, byte);
        this.#place = 'data';
        return undefined;
      case 'will':
        refusals.push(IAC, DONT, byte);
        this.#place = 'data';
        return undefined;
      case 'dont':
      case 'wont':
        // Nothing was ever on, and what changes nothing isn't answered (RFC 1143 §2).
        this.#place = 'data';
        return undefined;
      case 'sb':
        if (byte === IAC) this.#place = 'sb-iac';
        return undefined;
      case 'sb-iac':
        this.#place = byte === SE ? 'data' : 'sb';
        return undefined;
    }
  }
}

const placeAfterIac = (byte: number): Place => {
  switch (byte) {
    case WILL:
      return 'will';
    case WONT:
      return 'wont';
    case DO:
      return 'do';
    case DONT:
      return 'dont';
    case SB:
      return 'sb';
    default:
      return 'data';
  }
};

/** A framer fed with what telnet leaves of the bytes. */
export class TelnetFramer implements Framer {
  readonly #filter = new TelnetFilter();
  readonly #framer: Framer;

  constructor(framer: Framer) {
    this.#framer = framer;
  }

  push(bytes: Buffer, sink: FrameSink): void {
    const text = this.#filter.push(bytes, (replies) => sink.reply(replies));
    if (text.length > 0) this.#framer.push(text, sink);
  }

  end(sink: FrameSink): void {
    this.#framer.end(sink);
  }
}
