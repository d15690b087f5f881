import {
  isProblem,
  limits,
  nickKey,
  nickProblem,
  type Problem,
  problem,
  skeleton,
} from '@partyline/protocol';
import { type BotPart, newBotId } from '../people/bot.ts';
import { newBotToken } from '../people/credentials.ts';
import type { Reader } from '../store/port.ts';
import type { AccountRow } from '../store/rows.ts';
import type { AdminParts } from './parts.ts';

/** Makes a bot; its token is told here alone. */
export const employ = async (
  { line, read }: AdminParts,
  nick: string,
  it: Omit<BotPart, 'tokenHash' | 'usedAt'>,
): Promise<{ readonly account: AccountRow; readonly token: string } | Problem> => {
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
  const refused = await line.run({ type: 'employ', account });
  return isProblem(refused) ? refused : { account, token };
};

/** The bot of a name and use. */
export const botCalled = async (
  read: Reader,
  nick: string,
  use: BotPart['use'],
): Promise<AccountRow | Problem> => {
  const found = await read.accountByName(nickKey(nick));
  return found?.bot?.use === use ? found : problem('bot-unknown', { nick });
};
