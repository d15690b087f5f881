import { randomBytes } from 'node:crypto';
import type { Log } from '@partyline/service';
import type { Line } from '../line/line.ts';
import { hashToken, isSameToken, sessionOf } from '../line/token.ts';
import type { Reader } from '../store/port.ts';
import { type BotPart, type Grant, grantOf, isBot } from './bot.ts';

/** That a token was used is noted so often. */
const NOTED_MS = 60_000;

/** A new token of a bot: `ID.SECRET`, of which only the hash is kept. */
export const newBotToken = (bot: string): { readonly token: string; readonly hash: string } => {
  const token = `${bot}.${randomBytes(32).toString('base64url')}`;
  return { token, hash: hashToken(token) };
};

/** What a token allows, or undefined when it is nobody's. */
export type Recognize = (token: string, use: BotPart['use']) => Promise<Grant | undefined>;

/** Tells tokens of bots, and notes when they were used. */
export const createRecognize = (parts: {
  readonly line: Line;
  readonly read: Reader;
  readonly now: () => number;
  readonly log: Log;
}): Recognize => {
  const { line, read, now, log } = parts;
  const nobody = hashToken('');

  return async (token, use) => {
    const id = sessionOf(token);
    const found = isBot(id) ? await read.account(id) : undefined;
    const isRight = isSameToken(token, found?.bot?.tokenHash ?? nobody);
    if (!isRight || found === undefined) return undefined;
    const grant = grantOf(found, use, now());
    if (grant === undefined) return undefined;
    if ((found.bot?.usedAt ?? 0) + NOTED_MS <= now())
      line
        .run({ type: 'used', account: found.account })
        .catch((error: unknown) => log.warn({ err: error }, 'the use of a token was not noted'));
    return grant;
  };
};
