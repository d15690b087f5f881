import { EVERYWHERE } from '@partyline/protocol';
import type { Draft } from '../draft.ts';
import { operator, record } from '../moderation/doing.ts';
import type { TaskOf } from '../work.ts';

/** Writes down what was done outside. */
export const noted = (draft: Draft, { deed, target }: TaskOf<'noted'>): undefined => {
  record(draft, operator, { deed, room: EVERYWHERE, target });
};
