import { isProblem, type Problem } from '@partyline/protocol';
import type { Answer } from '../answer.ts';
import type { You } from '../dialect.ts';
import type { Request } from '../request.ts';
import { SocketIoInterpreter } from './interpreter.ts';
import { createRenderers } from './renderers.ts';

/** What a request is answered: nothing, an answer, or why not. */
export type Answering = (request: Request) => Answer | Problem | undefined;

/** One client whose requests are carried out as `answer` has it. */
export const stage = (answer: Answering = () => undefined, now: () => number = () => 0) => {
  let ids = 0;
  const renderers = createRenderers('en', (frames) => Buffer.from(frames.join('\n')));
  const newId = () => `id${ids++}`;
  const interpreter = new SocketIoInterpreter({ locale: 'en', now, renderers, newId });
  const asked: Request[] = [];
  let you: You | undefined;

  /** Carries a request out as a gateway does; what the client is told. */
  const carryOut = (request: Request): readonly string[] => {
    asked.push(request);
    const it = request.type === 'aside' ? request : answer(request);
    const frames: string[] = [];
    if (isProblem(it)) {
      const refused = { type: 'refused', request: request.type, problem: it } as const;
      frames.push(...interpreter.show(refused, you, request));
    } else if (it !== undefined) {
      if (it.type === 'opened' || it.type === 'renamed') you = { session: 's', ...you, ...it };
      frames.push(...interpreter.show(it, you, request));
    }
    const { frames: more, requests } = interpreter.done(request, you);
    return [...frames, ...more, ...requests.flatMap(carryOut)];
  };

  return {
    interpreter,
    /** What was asked for, in order. */
    asked,
    /** What the client is told for a packet. */
    send(frame: string): readonly string[] {
      const read = interpreter.read(frame, you);
      if (read === undefined) return [];
      return isProblem(read)
        ? interpreter.show({ type: 'refused', problem: read }, you)
        : carryOut(read);
    },
    /** What the client is told by its chores. */
    chores: () => interpreter.chores.requests().flatMap(carryOut),
  };
};

/** That somebody came in. */
export const opened = (nick = 'ann', resumed = false): Extract<Answer, { type: 'opened' }> => ({
  ...{ type: 'opened', resumed, session: 's', token: 's.secret', nick, epoch: 'e', online: 3 },
  rooms: [{ room: 'lobby', seq: 7, since: 7, members: 2 }],
});
