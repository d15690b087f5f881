import { limits, type Problem, problem } from '@partyline/protocol';
import { Ration } from '@partyline/service';

/** Takes what a bot says from what it may say; a problem when that is used up. */
export type BotRation = (bot: string, messages: number) => Problem | undefined;

/** Rations what each bot and webhook says, on the bus and by its address together. */
export const createBotRation = (now: () => number): BotRation => {
  const { botBurst: burst, botPerSecond: perSecond, bots: sources } = limits;
  const ration = new Ration({ burst, perSecond, sources, now });
  return (bot, messages) =>
    ration.take(bot, messages)
      ? undefined
      : problem('flood', { seconds: Math.ceil(Math.min(messages, burst) / perSecond) });
};
