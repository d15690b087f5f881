import type { Problem } from '@partyline/protocol';
import type { AnswerRow } from '../store/answers/rows.ts';
import type { Answer } from './work.ts';

/** What an operator's work is done under, beside what it says itself; it is a batch of its own. */
export type Terms = {
  /** The name of the token by which it is asked for. */
  readonly token: string;
  /** Asked while nobody else writes: with a problem nothing is done. */
  readonly precondition?: () => Promise<Problem | undefined>;
  /** With what was done its answer is kept, to be given again instead of doing it again. */
  readonly once?: {
    readonly key: string;
    /** The answer as it is kept; undefined when nothing was done. */
    readonly keep: (answer: Answer) => AnswerRow | undefined;
  };
};

/** Why a work wasn't decided at all. */
export type Withheld =
  | { readonly type: 'withheld'; readonly problem: Problem }
  /** It was done before. */
  | { readonly type: 'kept'; readonly kept: AnswerRow };

/** What of the terms stands against doing it now. */
export const withheldBy = async (
  { precondition, once }: Terms,
  answered: (key: string) => Promise<AnswerRow | undefined>,
): Promise<Withheld | undefined> => {
  const kept = once && (await answered(once.key));
  if (kept !== undefined) return { type: 'kept', kept };
  const problem = await precondition?.();
  return problem && { type: 'withheld', problem };
};
