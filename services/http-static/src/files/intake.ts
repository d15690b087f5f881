import { createHash, type Hash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { type Problem, problem } from '@partyline/protocol';
import { HEAD_BYTES } from './media-type.ts';
import type { Quota } from './quota.ts';

/** Ends a stream for a reason that its sender is told. */
export class Refused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/**
 * What passes between a client and the disk: counted against the quota, hashed, its beginning
 * remembered, nothing else kept.
 */
export class FileIntake extends Transform {
  readonly #quota: Quota;
  readonly #place: string;
  readonly #mostBytes: number;
  readonly #hash: Hash = createHash('sha256');
  readonly #head: Buffer[] = [];
  #headBytes = 0;
  bytes = 0;

  /** `mostBytes` is what may pass, whatever the quota says. */
  constructor(quota: Quota, place: string, mostBytes = Number.POSITIVE_INFINITY) {
    super();
    this.#quota = quota;
    this.#place = place;
    this.#mostBytes = mostBytes;
  }

  /** What passed; asked once, at the end. */
  summary(): { readonly bytes: number; readonly sha256: string; readonly head: Buffer } {
    const head = Buffer.concat(this.#head).subarray(0, HEAD_BYTES);
    return { bytes: this.bytes, sha256: this.#hash.digest('hex'), head };
  }

  /** It is not kept: what it took of the quota is given back. */
  giveBack(): void {
    this.#quota.add(this.#place, -this.bytes);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.bytes + chunk.length > this.#mostBytes) {
      const reason = 'More came than was said.';
      done(new Refused(problem('request-bad', { reason })));
      return;
    }
    const refusal = this.#quota.refusal(this.#place, this.bytes + chunk.length, chunk.length);
    if (refusal !== undefined) {
      done(new Refused(refusal));
      return;
    }
    this.#quota.add(this.#place, chunk.length);
    this.bytes += chunk.length;
    this.#hash.update(chunk);
    if (this.#headBytes < HEAD_BYTES) {
      this.#head.push(chunk.subarray(0, HEAD_BYTES));
      this.#headBytes += chunk.length;
    }
    done(null, chunk);
  }
}
