import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import type { ServerFrame } from '@partyline/client';
import { type Address, addressText, isOpenToReaders, parseAddress } from '../address/address.ts';
import { addressesOf } from '../address/find.ts';
import { nicksToTry } from '../address/nick.ts';
import { firstReachable } from '../address/reach.ts';
import { readPin, type Trust } from '../address/trust.ts';
import { discover } from '../discovery/discover.ts';
import type { Environment } from '../environment.ts';
import { Failure } from '../exit-code.ts';
import { type Visit, visit } from '../script/visit.ts';
import { messages } from '../text/messages.ts';
import { dialAddress } from '../wire/dial.ts';
import type { Call } from './command.ts';
import { readNumber } from './read-call.ts';

/** How long servers on this network have to answer. */
const DISCOVER_MS = 500;
const TIMEOUT_SECONDS = 60;
const DAY_SECONDS = 86_400;

const readGiven = async (
  option: string,
  path: string,
  { locale }: Environment,
): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { message } = error as Error;
    throw new Failure('usage', messages[locale].fileUnreadable(option, path, message));
  }
};

/** What makes the server's certificate trusted, by options or environment. */
export const readTrust = async (call: Call, environment: Environment): Promise<Trust> => {
  const { env, locale } = environment;
  const pinned = call.text('pin') ?? env.PARTYLINE_PIN;
  const pin = pinned === undefined ? undefined : readPin(pinned);
  if (pinned !== undefined && pin === undefined)
    throw new Failure('usage', messages[locale].pinBad(pinned));
  const path = call.text('ca') ?? env.PARTYLINE_CA;
  const ca = path === undefined ? undefined : await readGiven('--ca', path, environment);
  return { ...(pin !== undefined && { pin }), ...(ca !== undefined && { ca }) };
};

/** The password, if one was given. */
export const readPassword = async (
  call: Call,
  environment: Environment,
): Promise<string | undefined> => {
  const { env } = environment;
  const path =
    call.text('password-file') ??
    (env.PARTYLINE_PASSWORD === undefined ? env.PARTYLINE_PASSWORD_FILE : undefined);
  if (path === undefined) return env.PARTYLINE_PASSWORD;
  const [first = ''] = (await readGiven('--password-file', path, environment)).split(/\r?\n/, 1);
  return first;
};

/** The nick that was asked for, by option or environment. */
export const readNick = (call: Call, { env }: Environment): string | undefined =>
  call.text('nick') ?? env.PARTYLINE_NICK;

/** The nicks to try: the one that was asked for, or those made of the user's name. */
export const readNicks = (call: Call, environment: Environment): readonly string[] =>
  nicksToTry(readNick(call, environment), userInfo().username);

/** Where the server is: as told, or found on this network. */
export const findServer = async (
  given: string | undefined,
  trust: Trust,
  { env, locale, stop }: Environment,
): Promise<Address> => {
  const text = messages[locale];
  const told = given ?? env.PARTYLINE_SERVER;
  if (told !== undefined) {
    const address = parseAddress(told);
    if (address === undefined) throw new Failure('usage', text.addressBad(told));
    return address;
  }
  const found = await discover({ waitMs: DISCOVER_MS, key: env.PARTYLINE_UDP_KEY, stop });
  const [first, ...others] = found;
  if (first === undefined) throw new Failure('unreachable', text.nobodyFound);
  const wantsSecure = trust.pin !== undefined || trust.ca !== undefined;
  if (others.length > 0) {
    const lines = found.map((it) => {
      const [address] = addressesOf(it, wantsSecure);
      return `${it.name}  ${address === undefined ? it.from.join(' ') : addressText(address)}`;
    });
    throw new Failure('unreachable', text.severalFound(lines));
  }
  const address = await firstReachable(addressesOf(first, wantsSecure), trust, stop);
  if (address === undefined) throw new Failure('unreachable', text.noneOffered(first.name));
  return address;
};

/** Comes in for a script. */
export const comeIn = async (
  call: Call,
  environment: Environment,
  onFrame?: (frame: ServerFrame) => void,
): Promise<Visit> => {
  const { locale, stderr, stop } = environment;
  const text = messages[locale];
  const seconds = readNumber(
    call.text('timeout'),
    { least: 1, most: DAY_SECONDS, otherwise: TIMEOUT_SECONDS },
    (given, least, most) => text.numberBad('--timeout', given, least, most),
  );
  const trust = await readTrust(call, environment);
  const password = await readPassword(call, environment);
  const address = await findServer(call.text('server'), trust, environment);
  const where = addressText(address);
  const tell = (line: string): void => void stderr.write(`partyline: ${line}\n`);
  if (password !== undefined && isOpenToReaders(address)) tell(text.openPassword(where));
  return visit({
    dial: dialAddress(address, trust, (why) => text.unreachable(where, why)),
    nicks: readNicks(call, environment),
    password,
    timeoutMs: seconds * 1_000,
    stop,
    texts: text,
    onBreak: (isBroken) => tell(isBroken ? text.broken : text.back),
    ...(onFrame && { onFrame }),
  });
};
