import type { Problem } from '@partyline/protocol';
import type { Answer } from '../answer.ts';
import type { Request } from '../request.ts';
import type { Plan } from './plan.ts';

/** What one packet of a client led to, until all of it is carried out. */
export class Exchange {
  /** Of the last request that was not refused. */
  answer: Answer | undefined;
  /** Why the last one was. */
  problem: Problem | undefined;
  readonly #plan: Plan;
  readonly #tries: Request[];
  readonly #afterwards: Request[];

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#tries = [...plan.tries];
    this.#afterwards = [...(plan.afterwards ?? [])];
  }

  /** The request to make next; undefined when all is done that was to be. */
  next(): Request | undefined {
    const { passOver = [], anyway = false } = this.#plan;
    const { problem } = this;
    if (problem === undefined) return this.#first() ?? this.#afterwards.shift();
    if (this.#tries.length > 0 && passOver.includes(problem.code)) {
      this.problem = undefined;
      return this.#tries.shift();
    }
    return anyway ? this.#afterwards.shift() : undefined;
  }

  /** The first try; nothing once there was one. */
  #first(): Request | undefined {
    return this.#tries.length === this.#plan.tries.length ? this.#tries.shift() : undefined;
  }
}
