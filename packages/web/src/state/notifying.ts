import { isEvent, nickKey, type SpokenFrame, sameNick } from '@partyline/client';
import { type ReadonlySignal, signal } from '@preact/signals';
import { t } from '../text/locale.ts';
import { saidText } from '../text/said.ts';
import type { TextKey } from '../text/texts.ts';
import type { Core } from './core.ts';
import { type Store, setting } from './memory.ts';
import type { Reading } from './reading.ts';

/** About what one wants to be told while one doesn't look. */
export const notifyChoices = ['none', 'mine', 'all'] as const;
export type NotifyChoice = (typeof notifyChoices)[number];

/** The browser's notifications, as far as it has them. */
export type Notifier = {
  readonly permission: NotificationPermission | 'insecure';
  ask(): Promise<unknown>;
  show(title: string, body: string, tag: string, onPress: () => void): void;
};

export type Notifying = {
  readonly choice: ReadonlySignal<NotifyChoice>;
  /** Why there are none though they were asked for. */
  readonly hindrance: ReadonlySignal<TextKey | undefined>;
  choose(choice: NotifyChoice): void;
  /** Finds out again whether there may be any. */
  look(): void;
};

const BODY_CHARACTERS = 200;

/** Whether a message is for somebody in particular. */
export const concerns = (event: SpokenFrame, me: string): boolean =>
  event.type === 'p2p' || event.mentions?.some((it) => nickKey(it) === nickKey(me)) === true;

export const createNotifying = (
  core: Core,
  reading: Reading,
  { store, notifier }: { store: Store; notifier: Notifier },
): Notifying => {
  const kept = setting<NotifyChoice>(store, 'notify', notifyChoices);
  const choice = signal<NotifyChoice>(kept.read() ?? 'none');
  const hindrance = signal<TextKey | undefined>(undefined);

  const look = (): void => {
    const { permission } = notifier;
    if (choice.peek() === 'none' || permission === 'granted') hindrance.value = undefined;
    else hindrance.value = permission === 'insecure' ? 'notifyInsecure' : 'notifyDenied';
  };

  core.hear((frame) => {
    if (!isEvent(frame) || (frame.type !== 'broadcast' && frame.type !== 'p2p')) return;
    const { me, current, conversations } = core.talk.peek();
    const author = frame.type === 'p2p' ? frame.from : frame.nickname;
    if (sameNick(author, me) || notifier.permission !== 'granted') return;
    if (choice.peek() === 'none' || (choice.peek() === 'mine' && !concerns(frame, me))) return;
    const conversation = [...conversations.values()].find(({ room }) => room === frame.room);
    if (conversation === undefined || (core.watching && conversation.key === current)) return;
    const title =
      frame.type === 'p2p' ? t('privateNotice', { nick: author }) : `${author} · #${frame.room}`;
    notifier.show(title, saidText(frame).slice(0, BODY_CHARACTERS), conversation.key, () =>
      reading.go(conversation.key),
    );
  });

  return {
    choice,
    hindrance,
    look,
    choose(it) {
      choice.value = it;
      kept.write(it);
      if (it !== 'none' && notifier.permission === 'default') void notifier.ask().then(look);
      else look();
    },
  };
};
