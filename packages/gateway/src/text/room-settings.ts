import { limits, type SomeRoomSettings } from '@partyline/protocol';

const DAY_MS = 86_400_000;
const units: Readonly<Record<string, number>> = { d: DAY_MS, h: 3_600_000, m: 60_000 };

/** `30d`, `12h`, `5m` is an age, a plain number a count, `all` everything. */
const readKeep = (amount: string): SomeRoomSettings | undefined => {
  if (amount === 'all') return { keepMs: 0, keepCount: 0 };
  const [, digits, unit] = /^([1-9]\d{0,12})([dhm]?)$/.exec(amount) ?? [];
  if (digits === undefined) return undefined;
  const perUnit = units[unit ?? ''];
  if (perUnit === undefined)
    return Number(digits) <= limits.keepCount ? { keepCount: Number(digits) } : undefined;
  const keepMs = Number(digits) * perUnit;
  return keepMs <= limits.keepMs ? { keepMs } : undefined;
};

const words: Readonly<Record<string, SomeRoomSettings>> = {
  public: { visibility: 'public' },
  private: { visibility: 'private' },
  open: { speak: 'everyone' },
  'read-only': { speak: 'moderators' },
};

/** What `/room` is to set; undefined when that is not how it is used. */
export const readSettings = (args: string): SomeRoomSettings | undefined => {
  let settings: SomeRoomSettings = {};
  const rest = args.split(/\s+/).filter((word) => word !== '');
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const next = word === 'keep' ? readKeep(rest.shift() ?? '') : words[word];
    if (next === undefined) return undefined;
    settings = { ...settings, ...next };
  }
  return settings;
};

/** An age in the largest unit that it is a whole number of, as `/room keep` takes it. */
export const ageText = (ms: number): string => {
  const [unit = 'm', perUnit = 60_000] =
    Object.entries(units).find(([, size]) => ms % size === 0) ?? [];
  return `${Math.ceil(ms / perUnit)}${unit}`;
};
