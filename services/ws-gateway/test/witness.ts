import type { Receiver } from '@partyline/gateway';
import type { Problem } from '@partyline/protocol';

/** What came to a connection's receiver, in words. */
export class Witness implements Receiver {
  readonly heard: string[] = [];
  readonly #over = Promise.withResolvers<void>();
  readonly over = this.#over.promise;

  frame(text: string): void {
    this.heard.push(`frame ${text}`);
  }

  fault(problem: Problem): void {
    this.heard.push(`fault ${problem.code}`);
  }

  drained(): void {
    this.heard.push('drained');
  }

  gone(how: 'ended' | 'vanished'): void {
    this.heard.push(how);
    this.#over.resolve();
  }
}
