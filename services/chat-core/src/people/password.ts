import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/**
 * The cost of a hash (RFC 7914): 32 MiB and 60 to 90 ms of a core. OWASP's password storage sheet
 * asks for p = 3 beside this N and r; that takes a quarter of a second, too long where two at once
 * are all a small machine can do.
 */
const cost = { N: 2 ** 15, r: 8, p: 1 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;
/** Hashes at once: each takes 32 MiB, and a thread that file access and name lookups need too. */
const AT_ONCE = 2;

const derive = (password: string, salt: Buffer, { N, r, p }: ScryptOptions): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { N: N ?? 0, r: r ?? 0, p: p ?? 0, maxmem: 256 * (N ?? 0) * (r ?? 0) };
    scrypt(password.normalize('NFC'), salt, KEY_BYTES, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });

/** Hashes and checks passwords, off the event loop and few at once. */
export type Passwords = {
  /** `scrypt$N$r$p$SALT$KEY`, so that the cost can be raised and old hashes still be checked. */
  hash(password: string): Promise<string>;
  /** Whether a password is the one of a hash. Without a hash it is not, at the same cost of time. */
  verify(password: string, hashed: string | undefined): Promise<boolean>;
};

export const createPasswords = (): Passwords => {
  let running = 0;
  const waiting: (() => void)[] = [];

  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running === AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };

  const hash = async (password: string): Promise<string> => {
    const salt = randomBytes(SALT_BYTES);
    const key = await inTurn(() => derive(password, salt, cost));
    const { N, r, p } = cost;
    return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
  };

  return {
    hash,
    verify: async (password, hashed) => {
      const [, N, r, p, salt, key] = (hashed ?? '').split('$');
      if (salt === undefined || key === undefined) {
        await hash(password);
        return false;
      }
      const kept = Buffer.from(key, 'base64url');
      const options = { N: Number(N), r: Number(r), p: Number(p) };
      const given = await inTurn(() => derive(password, Buffer.from(salt, 'base64url'), options));
      return timingSafeEqual(given, kept);
    },
  };
};
