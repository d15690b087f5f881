import { type ReadonlySignal, signal } from '@preact/signals';

/** Somebody is taken to be typing for this long after the last sign of it. */
const LASTS_MS = 6_000;
/** How often typing is told while it goes on. */
const TELL_EVERY_MS = 3_000;

export type Typing = {
  /** By room: who is typing there. */
  readonly now: ReadonlySignal<ReadonlyMap<string, readonly string[]>>;
  heard(room: string, nick: string): void;
  /** The message came, or its author went. */
  over(room: string, nick: string): void;
  /** Whether it is time to tell that we type in a room. */
  tell(room: string): boolean;
};

/** Who is typing where; signs of it fade by themselves. */
export const createTyping = (now: () => number = Date.now): Typing => {
  const typing = signal<ReadonlyMap<string, readonly string[]>>(new Map());
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const told = { room: '', at: 0 };

  const set = (room: string, nick: string, is: boolean): void => {
    const others = (typing.value.get(room) ?? []).filter((other) => other !== nick);
    typing.value = new Map(typing.value).set(room, is ? [...others, nick] : others);
  };
  const over = (room: string, nick: string): void => {
    const key = `${room} ${nick}`;
    const timer = timers.get(key);
    if (timer === undefined) return;
    clearTimeout(timer);
    timers.delete(key);
    set(room, nick, false);
  };
  return {
    now: typing,
    heard(room, nick) {
      const key = `${room} ${nick}`;
      const known = timers.get(key);
      clearTimeout(known);
      timers.set(
        key,
        setTimeout(() => over(room, nick), LASTS_MS),
      );
      if (known === undefined) set(room, nick, true);
    },
    over,
    tell(room) {
      if (told.room === room && now() - told.at < TELL_EVERY_MS) return false;
      told.room = room;
      told.at = now();
      return true;
    },
  };
};
