const SYLLABLES =
  'ba be bi bo ca co da de di en er es fa fi ga ge ha he hi in ka la le li lo ma me mi mo na ne'
    .concat(
      ' ni no on or pa pe po ra re ri ro sa se si so st ta te th ti to tr un ur va ve vi wa we',
    )
    .split(' ');
const WORDS = 50_000;
const HANZI = 2_500;
/** The first of the characters in the block of CJK Unified Ideographs, and how far they are apart. */
const FIRST_HANZI = 0x4e00;
const HANZI_STEP = 7;
const WORDS_A_TEXT = 10;
const HANZI_A_TEXT = 14;

/** Numbers from 0 to 1, the same in each run (the generator of Park and Miller). */
export const numbers = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

const pick = <T>(of: readonly T[], random: () => number): T =>
  of[Math.floor(random() * of.length)] as T;

/** Says as people do, how often each is said by Zipf's law: the nth is said 1/n as often as the first. */
const byZipf = <T>(of: readonly T[], random: () => number): (() => T) => {
  const sums: number[] = [];
  for (const n of of.keys()) sums.push((sums[n - 1] ?? 0) + 1 / (n + 1));
  const whole = sums.at(-1) ?? 0;
  return () => {
    const at = random() * whole;
    let [low, high] = [0, of.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return of[low] as T;
  };
};

/** Made-up words and characters, the most frequent first, and texts of them: every third is Chinese. */
export const prose = (seed: number) => {
  const random = numbers(seed);
  const words = new Set<string>();
  while (words.size < WORDS)
    words.add(
      Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(SYLLABLES, random)).join(''),
    );
  const hanzi = Array.from({ length: HANZI }, (_, n) =>
    String.fromCodePoint(FIRST_HANZI + n * HANZI_STEP),
  );
  const word = byZipf([...words], random);
  const character = byZipf(hanzi, random);
  return {
    words: [...words],
    hanzi,
    text: (n: number): string =>
      n % 3 === 0
        ? Array.from({ length: HANZI_A_TEXT }, character).join('')
        : Array.from({ length: WORDS_A_TEXT }, word).join(' '),
  };
};
