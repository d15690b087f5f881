import {
  isProblem,
  limits,
  nickKey,
  nickProblem,
  type Problem,
  problem,
  skeleton,
} from '@partyline/protocol';
import { type BotPart, type BotUse, newBotId } from '../people/bot.ts';
import { newBotToken } from '../people/credentials.ts';
import type { Reader } from '../store/port.ts';
import type { AccountRow } from '../store/rows.ts';

/** A bot to be, whose token is told once. */
export type Recruit = { readonly account: AccountRow; readonly token: string };

/** A new bot, if there can be one more and it can be called that. */
export const recruit = async (
  read: Pick<Reader, 'bots'>,
  nick: string,
  it: BotUse & Pick<BotPart, 'scopes' | 'rooms' | 'until'>,
): Promise<Recruit | Problem> => {
  const wrong = nickProblem(nick);
  if (wrong !== undefined) return wrong;
  if ((await read.bots()).length >= limits.bots)
    return problem('bots-too-many', { limit: limits.bots });
  const id = newBotId();
  const { token, hash: tokenHash } = newBotToken(id);
  const account: AccountRow = {
    ...{ account: id, nick, nameKey: nickKey(nick), skeleton: skeleton(nick) },
    ...{ password: '', createdAt: Date.now(), bot: { ...it, tokenHash, usedAt: null } },
  };
  return { account, token };
};

/** The bot of a name and use. */
export const botCalled = async (
  read: Pick<Reader, 'accountByName'>,
  nick: string,
  use: BotPart['use'],
): Promise<AccountRow | Problem> => {
  const found = await read.accountByName(nickKey(nick));
  return found?.bot?.use === use ? found : problem('bot-unknown', { nick });
};

/** Shows the bot of a name and use. */
export const showing =
  <T extends object>(
    read: Pick<Reader, 'accountByName'>,
    use: BotPart['use'],
    infoOf: (it: AccountRow) => T,
  ) =>
  async (nick: string): Promise<T | Problem> => {
    const found = await botCalled(read, nick, use);
    return isProblem(found) ? found : infoOf(found);
  };
