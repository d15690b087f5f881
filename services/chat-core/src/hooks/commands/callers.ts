import { randomBytes } from 'node:crypto';
import type { Effect } from '../../line/effect.ts';
import { grantOf } from '../../people/bot.ts';
import type { Reader } from '../../store/port.ts';
import type { AccountRow } from '../../store/rows.ts';
import type { Couriers } from '../outgoing/couriers.ts';
import { type Caller, type CallerParts, startCaller } from './caller.ts';

export type CallersOptions = CallerParts & { readonly read: Pick<Reader, 'bots' | 'account'> };

/** Serves all slash commands for which URLs are called. */
export const startCallers = async (options: CallersOptions): Promise<Couriers> => {
  const { read, now, log } = options;
  const running = new Map<string, Caller>();
  let last: Promise<void> = Promise.resolve();

  const end = async (bot: string): Promise<void> => {
    const caller = running.get(bot);
    running.delete(bot);
    await caller?.stop();
  };
  const begin = (account: AccountRow): void => {
    const { account: bot, bot: part } = account;
    const grant = grantOf(account, 'command', now());
    if (part?.use !== 'command' || grant === undefined) return;
    const instance = `${bot}.${randomBytes(6).toString('base64url')}`;
    running.set(bot, startCaller(instance, grant, part.command, options));
  };
  const renew = async (bot: string): Promise<void> => {
    await end(bot);
    const account = await read.account(bot);
    if (account !== undefined) begin(account);
  };
  /** In order: what a bot became last is how it stays. */
  const then = (work: () => Promise<void>): Promise<void> => {
    last = last.then(work).catch((error: unknown) => {
      log.error({ err: error }, 'a slash command could not be begun');
    });
    return last;
  };

  for (const it of await read.bots()) begin(it);
  return {
    take: (effects: readonly Effect[]) => {
      for (const it of effects) if (it.type === 'bot') void then(() => renew(it.bot));
    },
    [Symbol.asyncDispose]: () =>
      then(async () => {
        await Promise.all([...running.keys()].map(end));
      }),
  };
};
