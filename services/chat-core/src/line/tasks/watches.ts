import { BY_SETTINGS } from '@partyline/protocol';
import { watchKey } from '../../store/watches/rows.ts';
import type { Draft } from '../draft.ts';
import { unseen } from '../watching/hysteresis.ts';
import type { TaskOf } from '../work.ts';

/** Has watched names looked up by instances that can; whoever else had that in mind comes too late. */
export const look = (draft: Draft, { looks }: TaskOf<'look'>): undefined => {
  for (const { watch, instance, dueAt } of looks) {
    const row = draft.watches.get(watch);
    if (row === undefined || row.dueAt > draft.now) continue;
    const { room, name, types, revision, told } = row;
    draft.watches.put({ ...row, dueAt });
    const what = { room, name, types, revision, ...(told !== null && { state: told }) };
    draft.effects.push({ type: 'line', instance, line: { type: 'watch', ...what } });
  }
};

/** The names of the deployment's own services are watched, and those no longer that aren't among them. */
export const deployment = (draft: Draft, { names, room }: TaskOf<'deployment'>): undefined => {
  const wanted = new Set(names.map((name) => watchKey({ room, name, types: '' })));
  for (const it of draft.watches.all())
    if (it.by === BY_SETTINGS && !wanted.has(watchKey(it))) draft.watches.drop(it);
  for (const name of names) {
    const key = { room, name, types: '' };
    const was = draft.watches.get(key);
    const { now } = draft;
    draft.watches.put({
      ...(was ?? { ...unseen, ...key, by: BY_SETTINGS, at: now, revision: 0 }),
      ...{ everyMs: draft.rules.watchMs, dueAt: now },
    });
  }
};
