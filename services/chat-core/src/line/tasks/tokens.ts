import { EVERYWHERE, type Problem, problem } from '@partyline/protocol';
import type { TokenRow } from '../../store/tokens/rows.ts';
import type { Draft } from '../draft.ts';
import { operator, record } from '../moderation/doing.ts';
import type { TaskOf } from '../work.ts';

const writeDown = (draft: Draft, deed: string, { name, scope }: TokenRow): void =>
  record(draft, operator, { deed, room: EVERYWHERE, target: name, detail: scope });

/** There is to be a token of the admin API. */
export const mint = (draft: Draft, { token }: TaskOf<'mint'>): Problem | undefined => {
  const { name } = token;
  const found = draft.tokens.get(name);
  if (found !== undefined && (found.until === null || found.until > draft.now))
    return problem('token-taken', { name });
  draft.tokens.put(name, token);
  writeDown(draft, 'make-token', token);
  return undefined;
};

/** A token of the admin API is void from now on. */
export const annul = (draft: Draft, { name }: TaskOf<'annul'>): Problem | undefined => {
  const found = draft.tokens.get(name);
  if (found === undefined) return problem('token-unknown', { name });
  draft.tokens.drop(name);
  writeDown(draft, 'revoke-token', found);
  return undefined;
};
