import { randomUUID } from 'node:crypto';
import {
  type Command,
  isProblem,
  limits,
  type Outcome,
  type Problem,
  problem,
} from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OPERATOR } from '../line/draft.ts';
import type { Line } from '../line/line.ts';
import type { Answer, Publish, Task, TaskAnswers, Work } from '../line/work.ts';
import type { AnswerRow } from '../store/answers/rows.ts';
import type { Reader } from '../store/port.ts';
import { callerOf } from './caller.ts';
import { etagOf, names } from './etag.ts';
import { type Once, onceOf } from './once.ts';

/** What a work is answered with when it isn't refused. */
type Done<W extends Work> = W extends Publish
  ? Exclude<Outcome, { type: 'refused' }>
  : W extends Task
    ? Exclude<TaskAnswers[W['type']], Problem>
    : never;

/** Something that is to be done for a request. */
export type Deed<W extends Work, Body> = {
  readonly work: W;
  /** What If-Match is about: what a GET shows of it, or why it can't. Left out: nothing is shown of it. */
  readonly shown?: () => Promise<unknown>;
  readonly answer: (done: Done<W>) => Body;
};

/** Does something for a request and answers it, as its Idempotency-Key and If-Match say. */
export type Perform = <W extends Work, Body>(
  request: FastifyRequest,
  reply: FastifyReply,
  prepare: () => Promise<Deed<W, Body> | Problem> | Deed<W, Body> | Problem,
) => Promise<Body | FastifyReply>;

/** What the operator publishes. */
export const asOperator = (command: Command, id: string = randomUUID()): Publish => ({
  ...{ type: 'publish', by: OPERATOR },
  envelope: { id, session: OPERATOR, command },
});

const refusalOf = (answer: Answer): Problem | undefined => {
  if (isProblem(answer)) return answer;
  const isOutcome = typeof answer === 'object' && 'type' in answer;
  return isOutcome && answer.type === 'refused' ? answer.problem : undefined;
};

/** Why something isn't as an If-Match says. */
const stale = async (
  ifMatch: string,
  shown: () => Promise<unknown>,
): Promise<Problem | undefined> => {
  const found = await shown();
  if (isProblem(found)) return problem('state-changed', { etag: '-' });
  const etag = etagOf(found);
  return names(ifMatch, etag) ? undefined : problem('state-changed', { etag });
};

export const createPerform = (parts: {
  readonly line: Pick<Line, 'order'>;
  readonly read: Pick<Reader, 'answer'>;
  readonly now: () => number;
}): Perform => {
  const { line, read, now } = parts;
  const underWay = new Set<string>();

  /** Gives the answer again that a request with the same key got. */
  const again = (reply: FastifyReply, { request, open }: Once, kept: AnswerRow): FastifyReply => {
    if (kept.request !== request) return sendProblem(reply, problem('idempotency-key-reused'));
    return reply.header('idempotency-replayed', 'true').send(JSON.parse(open(kept.sealed)));
  };

  const act = async <W extends Work, Body>(
    request: FastifyRequest,
    reply: FastifyReply,
    { work, shown, answer }: Deed<W, Body>,
    once: Once | undefined,
  ): Promise<Body | FastifyReply> => {
    const ifMatch = request.headers['if-match'];
    if (ifMatch !== undefined && shown === undefined) {
      const reason = 'Nothing is shown here that If-Match could be about.';
      return sendProblem(reply, problem('request-bad', { reason }));
    }
    let body: Body | undefined;
    const keep = ({ seal, ...it }: Once) => ({
      key: it.key,
      keep: (answered: Answer): AnswerRow | undefined => {
        if (refusalOf(answered) !== undefined) return undefined;
        body = answer(answered as Done<W>);
        const until = now() + limits.answerKeptMs;
        return { key: it.key, request: it.request, sealed: seal(JSON.stringify(body)), until };
      },
    });
    const answered = await line.order(work, {
      token: callerOf(request).name,
      ...(ifMatch !== undefined && shown && { precondition: () => stale(ifMatch, shown) }),
      ...(once !== undefined && { once: keep(once) }),
    });
    if (typeof answered === 'object' && 'type' in answered) {
      if (answered.type === 'withheld') return sendProblem(reply, answered.problem);
      if (answered.type === 'kept' && once !== undefined) return again(reply, once, answered.kept);
    }
    const refused = refusalOf(answered as Answer);
    if (refused !== undefined) return sendProblem(reply, refused);
    return body ?? answer(answered as Done<W>);
  };

  return async (request, reply, prepare) => {
    const once = onceOf(request);
    if (isProblem(once)) return sendProblem(reply, once);
    if (once !== undefined) {
      const kept = await read.answer(once.key, now());
      if (kept !== undefined) return again(reply, once, kept);
      if (underWay.has(once.key)) return sendProblem(reply, problem('request-under-way'));
      underWay.add(once.key);
    }
    try {
      const deed = await prepare();
      return isProblem(deed) ? sendProblem(reply, deed) : await act(request, reply, deed, once);
    } finally {
      if (once !== undefined) underWay.delete(once.key);
    }
  };
};
