import { EVERYWHERE, type Problem, problem } from '@partyline/protocol';
import type { HookRow, Refusal } from '../../store/hooks/rows.ts';
import { type Draft, OPERATOR } from '../draft.ts';
import { record } from '../moderation/doing.ts';
import type { TaskOf } from '../work.ts';

/** What is to become of an outgoing webhook. */
export type HookChange =
  | { readonly type: 'make'; readonly row: HookRow }
  | { readonly type: 'drop' }
  /** It is called again, from where it was. */
  | { readonly type: 'enable' }
  /** It is called no more. */
  | { readonly type: 'disable'; readonly error: string }
  /** An event was refused again and again, and is passed over. */
  | ({ readonly type: 'refuse' } & Omit<Refusal, 'at'>)
  /** Tries began to fail, or fail no more (null). */
  | { readonly type: 'fail'; readonly since: number | null; readonly error: string | null };

const SYSTEM = 'system';

const writeDown = (
  draft: Draft,
  by: string,
  deed: string,
  { hook, url, rooms }: HookRow,
  reason = '',
  about = rooms.join(' '),
): void => {
  const detail = `${new URL(url).origin} ${about}`;
  record(draft, { nick: by, person: by }, { deed, room: EVERYWHERE, target: hook, detail, reason });
};

/** Makes, ends, or changes an outgoing webhook. */
export const hook = (draft: Draft, { hook: id, change }: TaskOf<'hook'>): Problem | undefined => {
  const found = draft.hooks.get(id);
  const become = (row: HookRow | undefined): void => {
    if (row === undefined) draft.hooks.drop(id);
    else draft.hooks.put(row);
    draft.effects.push({ type: 'hook', hook: id, row });
  };
  if (change.type === 'make') {
    draft.hooks.begin(change.row);
    become(change.row);
    writeDown(draft, OPERATOR, 'make-webhook', change.row);
    return undefined;
  }
  if (found === undefined) return problem('webhook-unknown');
  switch (change.type) {
    case 'drop':
      become(undefined);
      writeDown(draft, OPERATOR, 'drop-webhook', found);
      return undefined;
    case 'enable':
      become({ ...found, disabledAt: null, failingSince: null, error: null });
      writeDown(draft, OPERATOR, 'enable-webhook', found);
      return undefined;
    case 'disable':
      become({ ...found, disabledAt: draft.now, error: change.error });
      writeDown(draft, SYSTEM, 'disable-webhook', found, change.error);
      return undefined;
    case 'refuse': {
      const { type: _, ...refused } = change;
      const lastRefusal = { ...refused, at: draft.now };
      draft.hooks.put({ ...found, refusals: found.refusals + 1, lastRefusal });
      const about = `${refused.room} ${refused.seq}`;
      writeDown(draft, SYSTEM, 'refuse-event', found, refused.error, about);
      return undefined;
    }
    case 'fail':
      draft.hooks.put({ ...found, failingSince: change.since, error: change.error });
      return undefined;
  }
};

/** Notes how far outgoing webhooks were told. */
export const delivered = (draft: Draft, { cursors }: TaskOf<'delivered'>): undefined => {
  for (const it of cursors) if (draft.hooks.get(it.hook) !== undefined) draft.hooks.advance(it);
};
