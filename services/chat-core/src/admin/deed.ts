import { randomUUID } from 'node:crypto';
import { type Command, type Problem, problem } from '@partyline/protocol';
import { OPERATOR } from '../line/draft.ts';
import type { Line } from '../line/line.ts';

/** Has the operator do something. Undefined when it is done, else why it isn't. */
export const doAsOperator = async (line: Line, command: Command): Promise<Problem | undefined> => {
  const [outcome] = await line.publish(OPERATOR, [
    { id: randomUUID(), session: OPERATOR, command },
  ]);
  if (outcome === undefined) return problem('internal');
  return outcome.type === 'refused' ? outcome.problem : undefined;
};
