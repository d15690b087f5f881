import {
  allCommands,
  authorOf,
  type Conversation,
  isOwnCommand,
  marksOf,
  readSpoken,
  type SpokenFrame,
  sameNick,
  type Target,
  talking,
} from '@partyline/client';
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { t } from '../text/locale.ts';
import type { Core } from './core.ts';
import type { Dialog } from './dialog.ts';
import { randomId } from './random-id.ts';
import type { Reading } from './reading.ts';
import type { Rooms } from './rooms.ts';
import type { Serving } from './serving.ts';
import type { Typing } from './typing.ts';

/** What is being written refers to something that was said. */
export type About = {
  /** The conversation in which it was. */
  readonly key: string;
  readonly what: 'reply' | 'edit';
  readonly event: SpokenFrame;
  /** Its text now. */
  readonly text: string;
};

/** What one says. */
export type Composing = {
  /** What was written and not sent yet, by conversation. */
  readonly drafts: Map<string, string>;
  /** What the next line of the composer refers to. */
  readonly about: ReadonlySignal<About | undefined>;
  /** The next line replies to a message, or takes its place. */
  refer(what: About['what'], event: SpokenFrame, text: string): void;
  letGo(): void;
  /** The next line takes the place of what one said last, if that is here. */
  editLast(): void;
  /** Does what a line of the composer asks for. */
  speak(written: string): void;
  /** Begins the next line of the composer with somebody's nick. */
  mention(nick: string): void;
  /** What the composer is to write on with; it takes it from here. */
  readonly inserted: Signal<string>;
  /** Opens the private conversation with somebody. */
  writeTo(nick: string): void;
  takeBack(event: SpokenFrame): void;
  react(event: SpokenFrame, reaction: string, remove: boolean): void;
  again(id: string): void;
  discard(id: string): void;
  typed(): void;
};

const targetOf = ({ kind, name }: Conversation): Target =>
  kind === 'room' ? { room: name } : { nick: name };

type Parts = {
  readonly reading: Reading;
  readonly rooms: Rooms;
  readonly typing: Typing;
  readonly serving: Serving;
  /** Answers that somebody wants to read, not only the page. */
  readonly wanted: Set<string>;
  readonly open: (dialog: Dialog) => void;
  readonly leave: () => void;
};

export const createComposing = (core: Core, parts: Parts): Composing => {
  const { current, talk, drafts } = core;
  const { reading, rooms, typing, serving, wanted, open: openDialog, leave } = parts;
  const inserted = signal('');
  const about = signal<About | undefined>(undefined);

  const send = (to: Target, written: string, kind: 'message' | 'action', ref?: number): void => {
    // Half a character is none on any wire, and takes six bytes of a frame.
    const text = written.toWellFormed();
    core.dispatch({
      type: 'send',
      message: {
        ...{ id: randomId(), to, text, kind, at: Date.now() },
        ...(ref !== undefined && { ref }),
      },
    });
    reading.toEnd();
  };

  const writeTo = (nick: string): Conversation => {
    const [next, conversation] = talking.openPrivate(talk.peek(), nick);
    talk.value = next;
    reading.go(conversation.key);
    return conversation;
  };

  const help = (open: Conversation): string => {
    const lines = allCommands.map(({ usage, purpose }) => `${usage} — ${t(purpose)}`);
    const served = serving
      .in(open)
      .filter(({ name }) => !isOwnCommand(name))
      .map(({ name, usage = '', about = '' }) =>
        [`/${name} ${usage}`.trim(), about].filter(Boolean).join(' — '),
      );
    return [t('helpCommands'), ...lines, ...served, t('helpKeys')].join('\n');
  };

  const obey = (written: string, open: Conversation, ref: number | undefined): void => {
    const spoken = readSpoken(written, open.kind === 'room' ? open.name : undefined);
    switch (spoken.do) {
      case 'say':
        send(targetOf(open), spoken.text, spoken.kind, ref);
        break;
      case 'private': {
        const conversation = writeTo(spoken.nick);
        if (spoken.text) send(targetOf(conversation), spoken.text, 'message');
        break;
      }
      case 'go':
        rooms.go(spoken.room);
        break;
      case 'find':
        openDialog({ is: 'find', words: spoken.words });
        break;
      case 'ask':
        wanted.add(spoken.frame.type);
        core.request(spoken.frame);
        break;
      case 'leave':
        leave();
        break;
      case 'help':
        core.tell('info', help(open));
        break;
      case 'wrong':
        core.tell('error', t(spoken.key, spoken.params));
        break;
    }
  };

  return {
    drafts,
    about,
    inserted,
    mention(nick) {
      inserted.value = `@${nick} `;
    },
    refer(what, event, text) {
      about.value = { key: talk.peek().current, what, event, text };
    },
    letGo() {
      about.value = undefined;
    },
    editLast() {
      const { timeline, key } = current.peek() ?? {};
      const mine = timeline?.items.findLast(
        (item) => item.is === 'event' && sameNick(authorOf(item.event), talk.peek().me),
      );
      if (timeline === undefined || key === undefined || mine?.is !== 'event') return;
      const { event } = mine;
      if (event.type !== 'broadcast' && event.type !== 'p2p') return;
      const its = marksOf(timeline.references).get(event.seq);
      if (its?.gone || event.message === '') return;
      about.value = { key, what: 'edit', event, text: its?.edited ?? event.message };
    },
    speak: (written) =>
      batch(() => {
        const open = current.peek();
        if (open === undefined) return;
        const its = about.peek()?.key === open.key ? about.peek() : undefined;
        about.value = undefined;
        if (its?.what === 'edit') {
          const { room, seq: ref } = its.event;
          if (written !== its.text) core.request({ type: 'edit', room, ref, message: written });
          return;
        }
        obey(written, open, its?.event.seq);
      }),
    writeTo: (nick) => void writeTo(nick),
    takeBack: ({ room, seq }) => core.request({ type: 'delete', room, ref: seq }),
    react: ({ room, seq }, reaction, remove) =>
      core.request({
        ...{ type: 'react', room, ref: seq, reaction },
        ...(remove && { remove }),
      }),
    again(id) {
      const message = core.line.peek().outgoing.find((it) => it.id === id);
      if (message === undefined) return;
      core.dispatch({ type: 'discard', id });
      send(message.to, message.text, message.kind, message.ref);
    },
    discard: (id) => core.dispatch({ type: 'discard', id }),
    typed() {
      const room = current.peek()?.room;
      if (room !== undefined && typing.tell(room)) core.ask({ type: 'typing', room });
    },
  };
};
