import { limits, nickKey, type Problem, problem } from '@partyline/protocol';
import type { Line } from '../line/line.ts';
import type { Reader } from '../store/port.ts';
import type { AccountRow } from '../store/rows.ts';
import { addressKey, lockedMs, nameLockKey } from './lockout.ts';
import type { Passwords } from './password.ts';

/** Who says to be whom. */
export type Claim = {
  readonly nick: string;
  readonly password: string;
  /** Where from; null when the client has none. */
  readonly address: string | null;
};

/** The account that a claim proves to be somebody's, or why not. */
export type Prove = (claim: Claim) => Promise<AccountRow | Problem>;

export type ProofOptions = {
  readonly line: Line;
  readonly read: Reader;
  readonly passwords: Passwords;
  readonly now: () => number;
};

/** Claims from one place that may wait at once. */
const CLAIMS_WAITING = 32;

/**
 * Checks passwords. Claims from one place are looked at one after another, so that many at once
 * are as many tries; a name that nobody registered costs the same time as a wrong password.
 */
export const createProof = ({ line, read, passwords, now }: ProofOptions): Prove => {
  const places = new Map<string, { waiting: number; last: Promise<unknown> }>();

  const check = async ({ nick, password }: Claim, place: string): Promise<AccountRow | Problem> => {
    const key = nickKey(nick);
    const name = nameLockKey(key);
    const [account, rows] = await Promise.all([
      read.accountByName(key),
      read.lockouts([place, name]),
    ]);
    const known = (wanted: string) => rows.find((it) => it.key === wanted);
    const ms = lockedMs(known(place), known(name), now());
    if (ms > 0) return problem('password-locked', { seconds: Math.ceil(ms / 1_000) });

    const isRight = await passwords.verify(password, account?.password);
    if (!isRight || account === undefined) {
      await line.run({ type: 'mistake', keys: [place, name] });
      return problem('password-wrong');
    }
    if (known(name) !== undefined) await line.run({ type: 'forgive', key: name });
    return account;
  };

  return async (claim) => {
    const key = addressKey(claim.address);
    const place = places.get(key) ?? { waiting: 0, last: Promise.resolve() };
    if (place.waiting === CLAIMS_WAITING) return problem('password-locked', { seconds: 1 });
    if (claim.password.length > 2 * limits.passwordCodePoints) return problem('password-wrong');
    places.set(key, place);
    place.waiting += 1;
    const proved = place.last.then(() => check(claim, key));
    place.last = proved.catch(() => {});
    try {
      return await proved;
    } finally {
      place.waiting -= 1;
      if (place.waiting === 0) places.delete(key);
    }
  };
};
