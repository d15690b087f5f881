import { type CommandOf, type CommandType, type Problem, problem } from '@partyline/protocol';
import type { Grant } from '../../people/bot.ts';
import type { InstanceRow, SessionRow } from '../../store/rows.ts';
import type { Draft } from '../draft.ts';
import type { Answered } from '../log.ts';

/** One command to be decided. */
export type Asked<T extends CommandType> = {
  readonly draft: Draft;
  /** The publish's id. */
  readonly id: string;
  /** The id of the session that acts. */
  readonly session: string;
  readonly command: CommandOf<T>;
  /** The instance that published it. */
  readonly by: InstanceRow;
  /** What the bot's token allows that published it; undefined of a service. */
  readonly grant: Grant | undefined;
  readonly trace: string | undefined;
};

/** Says what becomes of a command, and writes it into the draft; a problem leaves the draft as it was. */
export type Decider<T extends CommandType> = (asked: Asked<T>) => Answered | Problem;

/**
 * The live session that acts. A command of a session that went on elsewhere is refused: a late word
 * from its old instance must not hurt it.
 */
export const actor = ({
  draft,
  session,
  by,
}: Pick<Asked<CommandType>, 'draft' | 'session' | 'by'>): SessionRow | Problem => {
  const row = draft.session(session);
  return row?.state === 'live' && row.instance === by.instance
    ? row
    : problem('session-unknown', { session });
};
