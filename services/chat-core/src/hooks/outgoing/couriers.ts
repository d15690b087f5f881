import { EVERY_PUBLIC_ROOM, isPairRoom } from '@partyline/protocol';
import type { Log } from '@partyline/service';
import type { Effect } from '../../line/effect.ts';
import type { Line } from '../../line/line.ts';
import type { HookChange } from '../../line/tasks/hooks.ts';
import type { After } from '../../line/timer.ts';
import type { HookRow } from '../../store/hooks/rows.ts';
import type { Reader } from '../../store/port.ts';
import { type Courier, type CourierParts, startCourier } from './courier.ts';
import { createProgress } from './progress.ts';

/** How a webhook's last call went. */
export type HookHealth = 'reached' | 'failing' | 'given-up';

export type CouriersOptions = Omit<
  CourierParts,
  'progress' | 'read' | 'onFailing' | 'onGivenUp' | 'onRefused' | 'onError'
> & {
  /** An event was passed over. */
  readonly onRefused: () => void;
  readonly line: Line;
  readonly read: Reader;
  readonly after: After;
  readonly log: Log;
  /** A webhook that is taken away counts as reached. */
  readonly onHealth: (hook: string, health: HookHealth) => void;
};

/** All outgoing webhooks, each told by a courier of its own: a slow one holds nobody up. */
export interface Couriers extends AsyncDisposable {
  /** Told of each batch once it is durable, in commit order. */
  take(effects: readonly Effect[]): void;
}

export const startCouriers = async (options: CouriersOptions): Promise<Couriers> => {
  const { line, read, log, onHealth } = options;
  const progress = createProgress({ ...options, read: read.hooks });
  const running = new Map<string, { readonly row: HookRow; readonly courier: Courier }>();
  const ending = new Set<Promise<void>>();

  const change = (hook: string, it: HookChange): void => {
    line
      .run({ type: 'hook', hook, change: it })
      .catch((error: unknown) => log.warn({ err: error, hook }, 'a webhook was not noted'));
  };
  const parts: CourierParts = {
    ...{ ...options, progress },
    onFailing: (hook, since, error) => {
      onHealth(hook, since === null ? 'reached' : 'failing');
      if (since === null) log.info({ hook }, 'a webhook is reached again');
      else log.warn({ hook, error }, 'a webhook is not reached; it is tried again');
      change(hook, { type: 'fail', since, error });
    },
    onRefused: (hook, refused) => {
      options.onRefused();
      log.error({ hook, ...refused }, 'a webhook refused an event, which is passed over');
      change(hook, { type: 'refuse', ...refused });
    },
    onError: (hook, error) => log.error({ err: error, hook }, 'a webhook could not read the log'),
    onGivenUp: (hook, error) => {
      onHealth(hook, 'given-up');
      log.error({ hook, error }, 'a webhook is given up');
      change(hook, { type: 'disable', error });
    },
  };

  const end = (hook: string): void => {
    const it = running.get(hook);
    if (it === undefined) return;
    running.delete(hook);
    onHealth(hook, 'reached');
    const ended = it.courier.stop().finally(() => ending.delete(ended));
    ending.add(ended);
  };
  const begin = (row: HookRow): void => {
    end(row.hook);
    if (row.disabledAt !== null) return;
    if (row.failingSince !== null) onHealth(row.hook, 'failing');
    running.set(row.hook, { row, courier: startCourier(row, parts) });
  };
  const wake = (room: string): void => {
    if (isPairRoom(room)) return;
    for (const { row, courier } of running.values())
      if (row.rooms.includes(EVERY_PUBLIC_ROOM) || row.rooms.includes(room)) courier.wake(room);
  };

  for (const row of await read.hooks.hooks()) begin(row);
  return {
    take: (effects) => {
      for (const it of effects)
        if (it.type === 'event') wake(it.event.room);
        else if (it.type === 'hook')
          if (it.row === undefined) end(it.hook);
          else begin(it.row);
    },
    [Symbol.asyncDispose]: async () => {
      for (const hook of [...running.keys()]) end(hook);
      await Promise.all(ending);
      await progress[Symbol.asyncDispose]();
    },
  };
};
