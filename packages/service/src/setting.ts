/** What a setting is when nobody set it. */
type Fallback<T> =
  | { readonly fallback: 'required' }
  | { readonly fallback: 'optional' }
  | { readonly fallback: 'derived'; readonly derive: () => T; readonly shown: string }
  | { readonly fallback: 'value'; readonly value: T; readonly shown: string };

/** The service doesn't start unless it is set. */
export const required = { fallback: 'required' } as const;
/** `undefined` when nobody set it. */
export const optional = { fallback: 'optional' } as const;
/** Found out at start; `shown` is what the documentation says of it. */
export const derived = <T>(derive: () => T, shown: string) =>
  ({ fallback: 'derived', derive, shown }) as const;

/** One thing that an operator can set, by an environment variable or a file named by one. */
export type Setting<T> = {
  /** The environment variable; `NAME_FILE` names a file that holds the value. */
  readonly name: string;
  /** What it is for, as a phrase of the documentation. */
  readonly about: string;
  /** What a value must be, as in "must be …". */
  readonly expected: string;
  /** Its value is never printed. */
  readonly secret: boolean;
  readonly fallback: Fallback<T>;
  /** The value that a text means, or undefined when it means none. */
  readonly parse: (text: string) => T | undefined;
};

/** A service's settings by the name that its code knows each one by. */
export type Definition = { readonly [member: string]: Setting<unknown> };

type Derived<T> = ReturnType<typeof derived<T>>;
type Given<T> = T | typeof required | typeof optional | Derived<T>;
/** `undefined` is possible exactly when the setting is optional. */
type Result<T, G> = G extends typeof optional ? T | undefined : T;

type Kind<T> = {
  readonly expected: string;
  readonly parse: (text: string) => T | undefined;
  readonly show?: (value: T) => string;
  readonly secret?: boolean;
};

const isFallback = <T>(given: Given<T>): given is Exclude<Given<T>, T> =>
  typeof given === 'object' && given !== null && 'fallback' in given;

const make = <T, G extends Given<T>>(
  kind: Kind<T>,
  name: string,
  given: G,
  about: string,
): Setting<Result<T, G>> => {
  const { expected, parse, show = String, secret = false } = kind;
  const fallback: Fallback<T> = isFallback<T>(given)
    ? given
    : { fallback: 'value', value: given as T, shown: show(given as T) };
  return { name, about, expected, secret, fallback, parse } as Setting<Result<T, G>>;
};

type Range = { readonly least?: number; readonly most?: number };

const whole = (what: string, { least = 0, most }: Range): Kind<number> => ({
  expected: most === undefined ? `${what}, ${least} or more` : `${what}, ${least} to ${most}`,
  parse: (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= (most ?? Number.MAX_SAFE_INTEGER) ? value : undefined;
  },
});

const words: Kind<readonly string[]> = {
  expected: 'a list, its items separated by spaces or commas',
  parse: (text) => Object.freeze(text.split(/[\s,]+/).filter((item) => item !== '')),
  show: (items) => items.join(' '),
};

/** The kinds of settings. The third argument is the value when nobody set it, or one of `required`, `optional`, `derived`. */
export const setting = {
  string: <const G extends Given<string>>(name: string, given: G, about: string) =>
    make<string, G>({ expected: 'a text', parse: (text) => text }, name, given, about),

  port: <const G extends Given<number>>(name: string, given: G, about: string) =>
    make<number, G>(whole('a port number', { most: 65_535 }), name, given, about),

  integer: <const G extends Given<number>>(name: string, given: G, about: string, range?: Range) =>
    make<number, G>(whole('a whole number', range ?? {}), name, given, about),

  durationMs: <const G extends Given<number>>(
    name: string,
    given: G,
    about: string,
    range?: Range,
  ) => {
    // A timer of Node's waits at most this long; a longer one would fire at once.
    const most = 2 ** 31 - 1;
    return make<number, G>(whole('milliseconds', { most, ...range }), name, given, about);
  },

  bytes: <const G extends Given<number>>(name: string, given: G, about: string, range?: Range) =>
    make<number, G>(whole('a number of bytes', range ?? {}), name, given, about),

  choice: <const C extends string, const G extends Given<NoInfer<C>>>(
    name: string,
    choices: readonly C[],
    given: G,
    about: string,
  ) =>
    make<C, G>(
      {
        expected: `one of ${choices.join(', ')}`,
        parse: (text) => choices.find((it) => it === text),
      },
      name,
      given,
      about,
    ),

  list: <const G extends Given<readonly string[]>>(name: string, given: G, about: string) =>
    make<readonly string[], G>(words, name, given, about),

  /** Never printed. */
  secret: <const G extends typeof required | typeof optional>(
    name: string,
    given: G,
    about: string,
  ) =>
    make<string, G>(
      {
        expected: 'a text of at least 16 visible ASCII characters',
        // What an HTTP header can carry, and long enough not to be guessed.
        parse: (text) => (/^[\x21-\x7e]{16,}$/.test(text) ? text : undefined),
        secret: true,
      },
      name,
      given,
      about,
    ),
} as const;

/** A setting whose values must be more than its kind says: `expected`, as `isFit` tells. */
export const checked = <T>(
  it: Setting<T>,
  expected: string,
  isFit: (value: Exclude<T, undefined>) => boolean,
): Setting<T> => ({
  ...it,
  expected,
  parse: (text) => {
    const value = it.parse(text);
    return value !== undefined && isFit(value as Exclude<T, undefined>) ? value : undefined;
  },
});
