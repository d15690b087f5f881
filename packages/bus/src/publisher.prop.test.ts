import { fc, test } from '@fast-check/vitest';
import { type Envelope, limits, type Outcome, problem, toLine } from '@partyline/protocol';
import { expect } from 'vitest';
import { Publisher, type Sent } from './publisher.ts';

/** What becomes of one batch. */
const faults = [
  'stored',
  'stored, answer lost',
  'away',
  'forgotten',
  'forgotten from the middle on',
  'one outcome short',
  'garbage',
  'rejected',
  'hopeless',
] as const;
type Fault = (typeof faults)[number];

const said = (id: string, session: string, text: string): Envelope => ({
  ...{ id, session, command: { type: 'say', room: 'lobby', text } },
});

/** A chat-core that fails as it is told; when nothing more is told, it works. */
class Store {
  readonly log: Envelope[] = [];
  readonly sent: Envelope[][] = [];
  readonly #seqs = new Map<string, number>();
  #isKnown = true;
  readonly #faults: Fault[];

  constructor(faults: readonly Fault[]) {
    this.#faults = [...faults];
  }

  hear(): void {
    this.#isKnown = true;
  }

  async send(ndjson: string): Promise<Sent> {
    await Promise.resolve();
    const batch = ndjson
      .trimEnd()
      .split('\n')
      .map((line): Envelope => JSON.parse(line));
    this.sent.push(batch);
    const fault = this.#isKnown ? (this.#faults.shift() ?? 'stored') : 'forgotten';
    const isForgotten = fault === 'forgotten from the middle on';
    switch (fault) {
      case 'away':
        return { type: 'away', cause: 'a test' };
      case 'hopeless':
        return { type: 'hopeless', problem: problem('token-wrong') };
      case 'rejected':
        if (batch.length === 1) break;
        return { type: 'rejected', problem: problem('request-bad', { reason: 'a test' }) };
      case 'garbage':
        return { type: 'answered', outcomes: '<html>\n' };
      case 'forgotten':
        this.#isKnown = false;
        return { type: 'forgotten' };
    }
    const known = isForgotten ? Math.floor(batch.length / 2) : batch.length;
    if (isForgotten) this.#isKnown = false;
    const outcomes = batch.map((it, index) =>
      index < known ? this.#store(it) : refusedUnknown(it.id),
    );
    if (fault === 'stored, answer lost') return { type: 'away', cause: 'a test' };
    if (fault === 'one outcome short') outcomes.pop();
    return { type: 'answered', outcomes: outcomes.map(toLine).join('') };
  }

  #store(envelope: Envelope): Outcome {
    const seq = this.#seqs.get(envelope.id) ?? this.log.push(envelope);
    this.#seqs.set(envelope.id, seq);
    return { id: envelope.id, type: 'published', room: 'lobby', seq, at: 0 };
  }
}

const refusedUnknown = (id: string): Outcome => ({
  ...{ id, type: 'refused', problem: problem('instance-unknown', { instance: 'i' }) },
});

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const publisherOf = (store: Store): Publisher =>
  new Publisher({
    send: (ndjson) => store.send(ndjson),
    sayHello: () => store.hear(),
    log: quiet,
    random: () => 0,
    sleep: () => Promise.resolve(),
  });

const bursts = fc.array(
  fc.array(fc.record({ session: fc.constantFrom('a', 'b', 'c'), length: fc.nat(2_000) }), {
    maxLength: 40,
  }),
  { maxLength: 12 },
);

test.prop([bursts, fc.array(fc.constantFrom(...faults), { maxLength: 30 })], { numRuns: 200 })(
  'every envelope gets its own outcome and is stored once, each session in order, whatever fails',
  async (bursts, faults) => {
    const store = new Store(faults);
    const publisher = publisherOf(store);
    const published: Envelope[] = [];
    const outcomes: Promise<Outcome>[] = [];
    for (const burst of bursts) {
      for (const { session, length } of burst) {
        const envelope = said(`${published.length}`, session, 'x'.repeat(length));
        published.push(envelope);
        outcomes.push(publisher.publish(envelope));
      }
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    const settled = await Promise.all(outcomes);
    expect(settled.map((it) => it.id)).toEqual(published.map((it) => it.id));
    for (const outcome of settled) {
      if (outcome.type !== 'published') throw new Error(`${outcome.id} was ${outcome.type}`);
      expect(store.log[outcome.seq - 1]?.id).toBe(outcome.id);
    }
    expect(store.log.map((it) => it.id)).toEqual(published.map((it) => it.id));
    expect(publisher.congested).toBe(false);
    await publisher.close(0);
  },
);

test.prop([fc.integer({ min: 1, max: 4_000 }), fc.nat(4_000)], { numRuns: 20 })(
  'no batch is over the limits, and what gathers while one is under way is the next',
  async (count, length) => {
    const store = new Store([]);
    const publisher = publisherOf(store);
    const text = 'ü'.repeat(length);
    const outcomes = Array.from({ length: count }, (_, index) =>
      publisher.publish(said(`${index}`, 'a', text)),
    );
    await Promise.all(outcomes);
    const line = (batch: Envelope[]): string => batch.map(toLine).join('');
    for (const batch of store.sent) {
      expect(batch.length).toBeLessThanOrEqual(limits.batchEnvelopes);
      expect(Buffer.byteLength(line(batch))).toBeLessThanOrEqual(limits.batchBytes);
    }
    const fewest = Math.ceil(count / limits.batchEnvelopes);
    const byBytes = Math.ceil(Buffer.byteLength(line(store.log)) / limits.batchBytes);
    expect(store.sent.length).toBeLessThanOrEqual(fewest + 2 * byBytes);
    await publisher.close(0);
  },
);
