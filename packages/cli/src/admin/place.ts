import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Call } from '../commands/command.ts';
import type { Environment } from '../environment.ts';
import { Failure } from '../exit-code.ts';
import { adminTexts } from './texts.ts';

/** Where an admin API is, and what lets one in. */
export type Place = { readonly url: string; readonly token: string };

const local = new Set(['localhost', '127.0.0.1', '[::1]']);

const urlOf = (call: Call, { env, locale }: Environment): string => {
  const port = env.PARTYLINE_ADMIN_PORT ?? '7300';
  const told = call.text('url') ?? env.PARTYLINE_ADMIN_URL ?? `http://localhost:${port}`;
  if (!/^https?:\/\//.test(told) || !URL.canParse(told))
    throw new Failure('usage', adminTexts[locale].urlBad(told));
  return told.replace(/\/+$/, '');
};

/** As told, by the environment, or beside a server. */
const tokenOf = async (call: Call, { env, locale }: Environment): Promise<string> => {
  const texts = adminTexts[locale];
  const given = call.text('token-file');
  if (given === undefined && env.PARTYLINE_ADMIN_TOKEN) return env.PARTYLINE_ADMIN_TOKEN.trim();
  const named = given ?? (env.PARTYLINE_ADMIN_TOKEN_FILE || undefined);
  const beside = join(env.PARTYLINE_DATA ?? 'data', 'secrets', 'admin-token');
  try {
    return (await readFile(named ?? beside, 'utf8')).trim();
  } catch (error) {
    const why = (error as Error).message;
    throw new Failure(
      'usage',
      named === undefined ? texts.noToken : texts.fileUnreadable(named, why),
    );
  }
};

/** Where the admin API is that a call is for. Throws a `Failure` that says what is missing. */
export const placeOf = async (call: Call, environment: Environment): Promise<Place> => {
  const url = urlOf(call, environment);
  const token = await tokenOf(call, environment);
  const { protocol, hostname, host } = new URL(url);
  if (protocol === 'http:' && !local.has(hostname))
    environment.stderr.write(`partyline: ${adminTexts[environment.locale].openToken(host)}\n`);
  return { url, token };
};
