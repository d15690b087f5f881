import type { DatabaseSync } from 'node:sqlite';
import { COPIED_AT } from '../../log-end.ts';

/** Says in a database that it is a copy: whoever opens it as a log begins a new epoch. */
export const markCopy = (copy: DatabaseSync, at: number): void => {
  copy
    .prepare(
      'insert into meta values (?, ?) on conflict (key) do update set value = excluded.value',
    )
    .run(COPIED_AT, String(at));
};
