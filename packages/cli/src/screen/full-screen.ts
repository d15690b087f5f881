import type { ReadStream, WriteStream } from 'node:tty';
import { type Dial, unread } from '@partyline/client';
import type { Locale } from '@partyline/protocol';
import { type ExitCode, exitCodes, Failure } from '../exit-code.ts';
import { safeText } from '../text/safe-text.ts';
import { screenTexts } from '../text/screen-texts.ts';
import { takeTerminal } from '../tty/terminal.ts';
import { createChat, type Identity } from './chat.ts';
import { completionsFor } from './completion.ts';
import * as editing from './editor.ts';
import { type Action, actionOf } from './keys.ts';
import { bodyHeight, conversationLines, layout } from './layout.ts';
import { currentOf, type Model } from './model.ts';
import { type Painted, paint } from './paint.ts';
import { atEnd, type Scroll, scrollBy, topOf } from './scroll.ts';
import { type ThemeName, themeOf } from './theme.ts';

export type FullScreenOptions = {
  readonly dial: Dial;
  readonly where: string;
  readonly as: Identity;
  readonly theme: ThemeName;
  readonly locale: Locale;
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  /** Aborted with a `Failure` when the program is to end. */
  readonly stop: AbortSignal;
};

/** Changes within a frame are painted together: 60 a second are more than anybody reads. */
const FRAME_MS = 16;
/** Signs of typing fade, and days go by, without anything being heard. */
const TICK_MS = 5_000;
/** Refusals after which another nick may be given. */
const nickTrouble = /^nick-/;

type Completing = { readonly all: readonly string[]; readonly index: number };

/** Runs the full-screen client until the reader leaves; resolves to the exit code. Rejects with `Failure`. */
export const runFullScreen = async (options: FullScreenOptions): Promise<ExitCode> => {
  const { where, locale, stop } = options;
  const texts = screenTexts[locale];
  const ended = Promise.withResolvers<ExitCode>();
  let editor = editing.emptyEditor;
  let scroll: Scroll = atEnd;
  let theme = options.theme;
  let painted: Painted | undefined;
  let completing: Completing | undefined;
  /** Said beside the input until the next key. */
  let prompt: string | undefined;
  let hasAskedToLeave = false;
  let frame: ReturnType<typeof setTimeout> | undefined;

  const model = (): Model => {
    const { phase } = chat.line;
    const isNickAsked = phase.is === 'out' && nickTrouble.test(phase.reason?.code ?? '');
    return {
      ...{ talk: chat.talk, line: chat.line, typing: chat.typing },
      ...{ editor, scroll, where, now: Date.now() },
      prompt: isNickAsked ? texts.nickAgain : prompt,
    };
  };

  const draw = (): void => {
    frame = undefined;
    const [written, now] = paint(layout(model(), terminal.size, texts), themeOf(theme), painted);
    painted = now;
    terminal.write(written);
  };
  const drawSoon = (): void => {
    frame ??= setTimeout(draw, FRAME_MS);
  };
  const drawAll = (): void => {
    painted = undefined;
    terminal.write('\u001b[2J');
    drawSoon();
  };

  const leave = (): void => {
    const count = chat.line.outgoing.filter(({ state }) => state.is !== 'stored').length;
    if (count > 0 && !hasAskedToLeave) {
      hasAskedToLeave = true;
      prompt = texts.leaveUnsent(count);
      drawSoon();
      return;
    }
    ended.resolve(exitCodes.done);
  };

  const toEnd = (): void => {
    scroll = atEnd;
    chat.seen();
    drawSoon();
  };

  const go = (key: string): void => {
    scroll = atEnd;
    chat.go(key);
  };

  const submit = (): void => {
    const written = editing.editorText(editor);
    const { phase } = chat.line;
    if (phase.is === 'out' || phase.is === 'over') {
      const nick = phase.is === 'over' ? chat.line.nick : written.trim();
      editor = editing.emptyEditor;
      if (nick !== '') chat.enter(nick);
      return;
    }
    // Before one is in there is no conversation that it could be said in.
    if (written.trim() === '' || currentOf(model()) === undefined) return;
    editor = editing.submit(editor);
    scroll = atEnd;
    chat.write(written);
  };

  const complete = (step: 1 | -1): void => {
    const all = completing?.all ?? completionsFor(editor.before, currentOf(model()), chat.rooms);
    if (all.length === 0) return;
    const from = completing?.index ?? (step === 1 ? -1 : 0);
    const index = (from + step + all.length) % all.length;
    completing = all.length > 1 ? { all, index } : undefined;
    editor = { ...editor, before: all[index] ?? editor.before };
    // The others are shown, so that one sees what else there is.
    if (all.length > 1) prompt = all.map((it) => it.trim().split(' ').at(-1)).join(' ');
  };

  const scrollTo = (by: 'page' | 'line', to: 'back' | 'forward'): void => {
    const lines = conversationLines(model(), terminal.size, texts);
    const height = bodyHeight(terminal.size);
    const step = by === 'page' ? Math.max(1, height - 2) : 1;
    scroll = scrollBy(lines, height, scroll, to === 'back' ? -step : step);
    if (scroll.at === 'end') chat.seen();
    if (topOf(lines, height, scroll) < height) chat.loadOlder();
  };

  const goBy = (step: -1 | 1): void => {
    const all = [...chat.talk.conversations.keys()];
    const next = all.at((all.indexOf(chat.talk.current) + step) % all.length);
    if (next !== undefined) go(next);
  };

  const perform = (action: Action): void => {
    const edited = editor;
    switch (action.do) {
      case 'insert':
        editor = editing.insert(editor, action.text);
        break;
      case 'submit':
        submit();
        break;
      case 'complete':
        complete(1);
        break;
      case 'completeBack':
        complete(-1);
        break;
      case 'putBack':
        editor = editing.putBack(editor);
        break;
      case 'escape':
        break;
      case 'move':
        editor = (action.to === 'back' ? editing.moveBack : editing.moveForward)(editor, action.by);
        break;
      case 'erase':
        editor = (action.to === 'back' ? editing.eraseBack : editing.eraseForward)(
          editor,
          action.by,
        );
        break;
      case 'recall':
        editor = editing.recall(editor, action.step);
        break;
      case 'scroll':
        scrollTo(action.by, action.to);
        break;
      case 'scrollEnd':
        if (editor.after === '') toEnd();
        else editor = editing.moveForward(editor, 'line');
        break;
      case 'conversation':
        goBy(action.step);
        break;
      case 'conversationAt': {
        const key = [...chat.talk.conversations.keys()][action.index];
        if (key !== undefined) go(key);
        break;
      }
      case 'news': {
        const news = [...chat.talk.conversations.values()].filter((it) => unread(it) > 0);
        const next = news.find(({ kind }) => kind === 'private') ?? news[0];
        if (next !== undefined) go(next.key);
        break;
      }
      case 'repaint':
        drawAll();
        break;
      case 'suspend':
        terminal.suspend();
        break;
      case 'leave':
        leave();
        break;
      case 'leaveIfEmpty':
        if (editing.editorText(editor) === '') leave();
        else editor = editing.eraseForward(editor, 'grapheme');
        break;
    }
    const text = editing.editorText(editor);
    if (editor !== edited && text !== '' && !text.startsWith('/')) chat.typed();
  };

  const chat = createChat({
    dial: options.dial,
    as: options.as,
    locale,
    texts,
    now: Date.now,
    isWatching: () => scroll.at === 'end',
    onChange: () => {
      const { phase } = chat.line;
      drawSoon();
      if (phase.is !== 'out' || phase.reason === undefined) return;
      const { code, message } = phase.reason;
      if (nickTrouble.test(code)) return;
      const isTransport = code === 'untrusted' || code === 'pin-differs';
      ended.reject(new Failure(isTransport ? 'unreachable' : 'refused', message));
    },
    onTheme: (name) => {
      theme = name;
      drawAll();
    },
    onLeave: leave,
  });

  const stopped = (): void => ended.reject(stop.reason);
  using cleanup = new DisposableStack();
  const terminal = cleanup.use(
    takeTerminal(options.stdin, options.stdout, {
      key: (text, key) => {
        const action = actionOf(text, key);
        if (action === undefined) return;
        if (action.do !== 'complete' && action.do !== 'completeBack') completing = undefined;
        prompt = undefined;
        if (action.do !== 'leave') hasAskedToLeave = false;
        perform(action);
        drawSoon();
      },
      pasted: (text) => {
        editor = editing.insert(editor, safeText(text));
        drawSoon();
      },
      resized: drawAll,
    }),
  );
  const tick = setInterval(drawSoon, TICK_MS);
  cleanup.defer(() => {
    stop.removeEventListener('abort', stopped);
    clearInterval(tick);
    chat.leave(stop.aborted ? 'silently' : 'goodbye');
    // Leaving is a change too, and nothing may be painted once the terminal is given back.
    clearTimeout(frame);
  });
  stop.addEventListener('abort', stopped, { once: true });
  chat.enter();
  draw();
  return await ended.promise;
};
