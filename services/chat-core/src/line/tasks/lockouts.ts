import { afterMistake } from '../../people/lockout.ts';
import type { Draft } from '../draft.ts';
import type { TaskOf } from '../work.ts';

/** A password was wrong: what it was for and where it came from are locked the longer. */
export const mistake = (draft: Draft, { keys }: TaskOf<'mistake'>): undefined => {
  for (const key of keys) draft.putLockout(afterMistake(key, draft.lockout(key), draft.now));
};

/** A password was right: what was wrong before is forgotten. */
export const forgive = (draft: Draft, { key }: TaskOf<'forgive'>): undefined => {
  draft.dropLockout(key);
};
