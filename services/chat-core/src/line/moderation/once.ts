import type { Problem } from '@partyline/protocol';
import type { Asked, Decider } from '../commands/asked.ts';
import { OPERATOR } from '../draft.ts';
import type { Answered } from '../log.ts';
import type { Deed } from './rights.ts';

type DeedCommand = 'kick' | Exclude<Deed, 'delete' | 'bans'>;

/** By whom the audit log has it when a publish did something; a guest may be an account by now. */
const doers = ({
  draft,
  session,
  command,
  by,
}: Pick<Asked<DeedCommand>, 'draft' | 'session' | 'command' | 'by'>): readonly string[] =>
  command.type === 'kick' || by.instance === OPERATOR
    ? [by.kind]
    : [session, draft.session(session)?.person ?? session];

/**
 * Decides a deed unless the publish has done it before, as one has that is sent again since its
 * answer was lost: it gets the same answer, whatever became of it all since.
 */
export const once =
  <T extends DeedCommand>(
    decide: Decider<T>,
    again: (asked: Asked<T>) => Answered | Problem = () => ({ type: 'done' }),
  ): Decider<T> =>
  (asked) => {
    const { draft, id } = asked;
    const isDone = doers(asked).some((person) => draft.moderation.isDone({ person, id }));
    return isDone ? again(asked) : decide(asked);
  };
