import { createInterface } from 'node:readline';
import {
  authorOf,
  type Dial,
  isEvent,
  isPairRoom,
  type ServerFrame,
  sameNick,
} from '@partyline/client';
import type { Environment } from '../environment.ts';
import { type ExitCode, exitCodes, Failure } from '../exit-code.ts';
import { eventLines } from '../text/event-text.ts';
import { messages } from '../text/messages.ts';
import { safeText } from '../text/safe-text.ts';
import { screenTexts } from '../text/screen-texts.ts';
import { createChat, type Identity } from './chat.ts';

export type PlainOptions = {
  readonly dial: Dial;
  readonly as: Identity;
  readonly environment: Environment;
};

/**
 * Chats line by line, where there is no terminal, or one that can't place its cursor. At the end of
 * its input it leaves, once everything that was said is stored. Rejects with `Failure`.
 */
export const runPlain = async (options: PlainOptions): Promise<ExitCode> => {
  const { dial, environment } = options;
  const { stdin, stdout, stderr, locale, stop } = environment;
  const texts = screenTexts[locale];
  const ended = Promise.withResolvers<ExitCode>();
  const lines = createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY });
  let isAtEnd = false;
  let isAway = false;
  let waiting: string[] = [];
  let exitCode: ExitCode = exitCodes.done;

  const print = (text: string): void => {
    for (const line of safeText(text).split('\n')) stdout.write(`${line}\n`);
  };

  const hear = (frame: ServerFrame): void => {
    if (isEvent(frame)) {
      if (sameNick(authorOf(frame), chat.talk.me)) return;
      const place = isPairRoom(frame.room) ? '' : `#${frame.room} `;
      for (const line of eventLines(frame, locale)) print(place + line);
    } else if (frame.type === 'log') {
      print(`· ${'message' in frame ? frame.message : ''}`);
    } else if (frame.type === 'gap') print(messages[locale].gap(frame.room));
  };

  /** What was refused is told; when nothing is left to wait for, it is over. */
  const settle = (): void => {
    const { phase, outgoing } = chat.line;
    if (phase.is === 'in' && waiting.length > 0) {
      const now = waiting;
      waiting = [];
      for (const line of now) chat.write(line);
    }
    for (const { state } of outgoing) {
      if (state.is !== 'refused') continue;
      exitCode = exitCodes.refused;
      stderr.write(`partyline: ${texts.notSent(state.message)}\n`);
    }
    if (outgoing.some(({ state }) => state.is === 'refused')) chat.write('/drop');
    const isUnsaid = waiting.length > 0 || outgoing.some(({ state }) => state.is !== 'stored');
    if (isAtEnd && phase.is === 'in' && !isUnsaid) ended.resolve(exitCode);
  };

  const look = (): void => {
    const { phase } = chat.line;
    if (phase.is === 'in' && isAway) stderr.write(`partyline: ${messages[locale].back}\n`);
    if (phase.is === 'in') isAway = false;
    if (phase.is === 'waiting' && chat.line.ticket === undefined)
      ended.reject(new Failure('unreachable', phase.why ?? ''));
    else if (phase.is === 'waiting' && !isAway) {
      isAway = true;
      stderr.write(`partyline: ${messages[locale].broken}\n`);
    }
    if (phase.is === 'over') ended.reject(new Failure('refused', phase.reason.message));
    if (phase.is === 'out' && phase.reason !== undefined) {
      const isTransport = phase.reason.code === 'untrusted' || phase.reason.code === 'pin-differs';
      const kind = isTransport ? 'unreachable' : 'refused';
      ended.reject(new Failure(kind, phase.reason.message));
    }
    // Not from within the line's own step, which may be about to change what is looked at.
    queueMicrotask(settle);
  };

  const chat = createChat({
    dial,
    as: options.as,
    locale,
    texts,
    now: Date.now,
    isWatching: () => true,
    onChange: look,
    onFrame: hear,
    onTold: print,
    onTheme: () => {},
    onLeave: () => ended.resolve(exitCodes.done),
  });
  const stopped = (): void => ended.reject(stop.reason);
  stop.addEventListener('abort', stopped, { once: true });
  lines.on('line', (line) => {
    if (line.trim() !== '') waiting.push(line);
    settle();
  });
  lines.on('close', () => {
    isAtEnd = true;
    settle();
  });
  chat.enter();
  try {
    return await ended.promise;
  } finally {
    stop.removeEventListener('abort', stopped);
    lines.close();
    const isGoodbye = !stop.aborted || (stop.reason as Failure).exitCode === exitCodes.interrupted;
    chat.leave(isGoodbye ? 'goodbye' : 'silently');
  }
};
