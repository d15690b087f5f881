import { type ReadonlySignal, signal } from '@preact/signals';
import type { Core } from './core.ts';

/** Who one is. */
export type Account = {
  /** Whether the nick is one's own, kept with a password. */
  readonly isOwn: ReadonlySignal<boolean>;
  /** Why what was asked for last wasn't done. */
  readonly refusal: ReadonlySignal<string | undefined>;
  enter(nick: string, password?: string): void;
  rename(nickname: string): void;
  register(password: string): void;
  identify(nickname: string, password: string): void;
  away(text: string): void;
  back(): void;
};

const requests: ReadonlySet<string> = new Set(['rename', 'register', 'identify', 'away', 'back']);

/** Whether something is about who one is. */
export const isPersonal = (type: string | undefined): boolean =>
  type !== undefined && requests.has(type);

export const createAccount = (core: Core): Account => {
  const isOwn = signal(false);
  const refusal = signal<string | undefined>(undefined);

  core.hear((frame) => {
    if (frame.type === 'registered' || frame.type === 'identified') isOwn.value = true;
    if (frame.type === 'login' && frame.success) isOwn.value = frame.registered === true;
    if (frame.type === 'error' && isPersonal(frame.of)) refusal.value = frame.message;
  });

  const request = (frame: Parameters<Core['request']>[0]): void => {
    refusal.value = undefined;
    core.request(frame);
  };

  return {
    isOwn,
    refusal,
    enter(nick, password) {
      isOwn.value = false;
      core.dispatch({ type: 'enter', nick, ...(password !== undefined && { password }) });
    },
    rename: (nickname) => request({ type: 'rename', nickname }),
    register: (password) => request({ type: 'register', password }),
    identify: (nickname, password) => request({ type: 'identify', nickname, password }),
    away: (text) => request({ type: 'away', ...(text !== '' && { text }) }),
    back: () => request({ type: 'back' }),
  };
};
