import type { Problem } from '@partyline/protocol';

/** Whoever is given what a framer finds. */
export interface FrameSink {
  frame(text: string): void;
  /** Something that is no frame; the stream goes on after it. */
  fault(problem: Problem): void;
  /** Bytes that the protocol beneath the frames answers by itself; may be dropped. */
  reply(bytes: Uint8Array): void;
}

/** Finds frames in one connection's bytes, however these are cut into packets. Pure but for its own state. */
export interface Framer {
  push(bytes: Buffer, sink: FrameSink): void;
  /** The client sends no more: gives what stands unfinished. */
  end(sink: FrameSink): void;
}
