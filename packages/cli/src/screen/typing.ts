/** Somebody is taken to be typing for this long after the last sign of it. */
const LASTS_MS = 6_000;
/** How often typing is told while it goes on. */
const TELL_EVERY_MS = 3_000;

export type Typing = {
  heard(room: string, nick: string, now: number): void;
  /** The message came, or its author went. */
  over(room: string, nick: string): void;
  in(room: string, now: number): readonly string[];
  /** Whether it is time to tell that we type in a room. */
  tell(room: string, now: number): boolean;
};

/** Who is typing where; signs of it fade. Times are in milliseconds. */
export const createTyping = (): Typing => {
  const until = new Map<string, Map<string, number>>();
  const told = { room: '', at: Number.NEGATIVE_INFINITY };
  return {
    heard(room, nick, now) {
      const its = until.get(room) ?? new Map<string, number>();
      until.set(room, its.set(nick, now + LASTS_MS));
    },
    over: (room, nick) => void until.get(room)?.delete(nick),
    in: (room, now) =>
      [...(until.get(room) ?? [])].filter(([, end]) => end > now).map(([nick]) => nick),
    tell(room, now) {
      if (told.room === room && now - told.at < TELL_EVERY_MS) return false;
      told.room = room;
      told.at = now;
      return true;
    },
  };
};
