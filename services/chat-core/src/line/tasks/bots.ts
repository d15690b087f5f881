import { EVERYWHERE, type Problem, problem } from '@partyline/protocol';
import type { BotPart } from '../../people/bot.ts';
import type { AccountRow } from '../../store/rows.ts';
import type { Draft } from '../draft.ts';
import { operator, record } from '../moderation/doing.ts';
import { nameTaken } from '../naming.ts';
import type { TaskOf } from '../work.ts';

type Bot = AccountRow & { readonly bot: BotPart };

const botOf = (draft: Draft, id: string): Bot | Problem => {
  const account = draft.account(id);
  return account !== undefined && account.bot !== null
    ? { ...account, bot: account.bot }
    : problem('bot-unknown', { nick: id });
};

const writeDown = (draft: Draft, deed: string, { nick, bot }: Bot): void =>
  record(draft, operator, {
    ...{ deed, room: EVERYWHERE, target: nick },
    detail: `${bot.use} ${bot.scopes.join(' ')} ${bot.rooms.join(' ')}`,
  });

/** Ends what a bot has on the bus. */
const disconnect = (draft: Draft, account: string): void => {
  for (const it of draft.loaded.instances.values())
    if (it?.bot?.bot === account) draft.dropInstance(it.instance);
};

/** Makes a bot; its name is held as an account's is. */
export const employ = (draft: Draft, { account }: TaskOf<'employ'>): Problem | undefined => {
  const { nick, bot } = account;
  const wrong = nameTaken(draft, nick);
  if (wrong !== undefined) return wrong;
  draft.putAccount(account);
  if (bot !== null) writeDown(draft, 'make-bot', { ...account, bot });
  draft.effects.push({ type: 'bot', bot: account.account });
  return undefined;
};

/** Gives a bot another token; who came with the old one has to come again. */
export const retoken = (
  draft: Draft,
  { account, tokenHash }: TaskOf<'retoken'>,
): Problem | undefined => {
  const found = botOf(draft, account);
  if ('code' in found) return found;
  draft.putAccount({ ...found, bot: { ...found.bot, tokenHash, usedAt: null } });
  disconnect(draft, account);
  writeDown(draft, 'renew-bot', found);
  return undefined;
};

/** Notes that a bot's token was used. */
export const used = (draft: Draft, { account }: TaskOf<'used'>): undefined => {
  const found = botOf(draft, account);
  if ('code' in found) return;
  draft.putAccount({ ...found, bot: { ...found.bot, usedAt: draft.now } });
};

/** Ends a bot. What it said stays. */
export const dismiss = (draft: Draft, { account }: TaskOf<'dismiss'>): Problem | undefined => {
  const found = botOf(draft, account);
  if ('code' in found) return found;
  draft.dropAccount(found);
  draft.moderation.forget(account);
  disconnect(draft, account);
  draft.effects.push({ type: 'bot', bot: account });
  writeDown(draft, 'dismiss-bot', found);
  return undefined;
};
