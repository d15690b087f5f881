import { randomUUID } from 'node:crypto';
import {
  type ClientFrame,
  createLine,
  type Dial,
  type ErrorFrame,
  isEvent,
  type LineState,
  type ServerFrame,
  type Target,
} from '@partyline/client';
import { Failure } from '../exit-code.ts';

/** A short stay of a script: it comes, asks or says something, and goes. */
export interface Visit extends Disposable {
  /** The nick it was let in under. */
  readonly nick: string;
  /** Asks, again after every break, until a frame is the answer. Rejects with `RefusedError`. */
  ask<F extends ServerFrame>(
    frame: ClientFrame,
    isAnswer: (frame: ServerFrame) => frame is F,
  ): Promise<F>;
  /** Says something; resolves once it is durable. Rejects with `RefusedError`. */
  say(to: Target, text: string): Promise<Said>;
  /** Rejects when the line is over, or didn't come back in time; never resolves. */
  readonly lost: Promise<never>;
}

/** Where in which log it was stored. */
export type Said = { readonly id: string; readonly room: string; readonly seq: number };

/** The server's answer was no. */
export class RefusedError extends Error {
  readonly code: string;

  constructor({ code, message }: Pick<ErrorFrame, 'code' | 'message'>) {
    super(message);
    this.code = code;
  }
}

export type VisitOptions = {
  readonly dial: Dial;
  /** Nicks to try, one after the other while they are taken. */
  readonly nicks: Iterable<string>;
  readonly password?: string | undefined;
  /** How long a broken connection may stay away. */
  readonly timeoutMs: number;
  /** Every event and signal, each once and in order. */
  readonly onFrame?: (frame: ServerFrame) => void;
  /** The line broke, or came back. */
  readonly onBreak?: (isBroken: boolean) => void;
  /** Aborted, with a `Failure`, when the visit is to end. */
  readonly stop: AbortSignal;
  readonly texts: { lost(seconds: number): string };
};

/** Refusals of a nick after which another may be let in. */
const otherNick = new Set(['nick-taken', 'nick-registered', 'nick-confusable', 'nick-reserved']);

type Question = {
  readonly frame: ClientFrame;
  readonly heard: (frame: ServerFrame) => boolean;
  readonly refused: (error: RefusedError) => void;
};

/** Comes in; resolves once it is in. Rejects with `Failure`. */
export const visit = async (options: VisitOptions): Promise<Visit> => {
  const { dial, password, timeoutMs, texts, stop } = options;
  const entering = Promise.withResolvers<void>();
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => {});
  const unsaid = new Map<string, PromiseWithResolvers<Said>>();
  const questions = new Set<Question>();
  const nicks = options.nicks[Symbol.iterator]();
  let hasBeenIn = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const end = (failure: Failure): void => {
    clearTimeout(timer);
    entering.reject(failure);
    lost.reject(failure);
    for (const { reject } of unsaid.values()) reject(failure);
    unsaid.clear();
  };

  const stored = ({ id, room, seq }: Said): void => {
    unsaid.get(id)?.resolve({ id, room, seq });
    unsaid.delete(id);
  };

  /** What a frame tells of what was said: its receipt, its event, or its event in a page of the log. */
  const settle = (frame: ServerFrame): void => {
    if (frame.type === 'ack' || isEvent(frame)) stored(frame);
    else if (frame.type === 'history') for (const event of frame.events) stored(event);
  };

  const giveBack = ({ outgoing }: LineState): void => {
    for (const { id, state } of outgoing) {
      if (state.is !== 'refused' || !unsaid.has(id)) continue;
      unsaid.get(id)?.reject(new RefusedError(state));
      unsaid.delete(id);
      line.dispatch({ type: 'discard', id });
    }
  };

  const enterAs = (nick: string): void =>
    line.dispatch({ type: 'enter', nick, ...(password !== undefined && { password }) });

  const onState = (state: LineState): void => {
    const { phase } = state;
    giveBack(state);
    switch (phase.is) {
      case 'in':
        if (timer !== undefined) options.onBreak?.(false);
        clearTimeout(timer);
        timer = undefined;
        if (!hasBeenIn) entering.resolve();
        hasBeenIn = true;
        break;
      case 'waiting':
        if (!hasBeenIn) end(new Failure('unreachable', phase.why ?? ''));
        else if (timer === undefined) {
          options.onBreak?.(true);
          timer = setTimeout(
            () => end(new Failure('lost', texts.lost(timeoutMs / 1_000))),
            timeoutMs,
          );
        }
        break;
      case 'out': {
        if (phase.reason === undefined) break;
        const { code, message } = phase.reason;
        const next = otherNick.has(code) ? nicks.next() : undefined;
        if (next !== undefined && !next.done) enterAs(next.value);
        else {
          const isTransport = code === 'untrusted' || code === 'pin-differs';
          end(new Failure(isTransport ? 'unreachable' : 'refused', message));
        }
        break;
      }
      case 'over':
        end(new Failure('refused', phase.reason.message));
        break;
    }
  };

  const onFrame = (frame: ServerFrame): void => {
    settle(frame);
    if (frame.type === 'login')
      for (const { frame: asked } of questions) line.dispatch({ type: 'ask', frame: asked });
    for (const question of questions) {
      const isNo = frame.type === 'error' && frame.of === question.frame.type;
      if (isNo) question.refused(new RefusedError(frame));
      else if (!question.heard(frame)) continue;
      questions.delete(question);
      break;
    }
    options.onFrame?.(frame);
  };

  const line = createLine({ dial, onState, onFrame });
  const stopped = (): void => end(stop.reason);
  stop.addEventListener('abort', stopped, { once: true });
  const leave = (): void => {
    clearTimeout(timer);
    stop.removeEventListener('abort', stopped);
    line.dispatch({ type: 'leave' });
  };
  const first = nicks.next();
  enterAs(first.done ? '' : first.value);
  try {
    await entering.promise;
  } catch (error) {
    leave();
    throw error;
  }

  return {
    get nick() {
      return line.state.nick;
    },
    lost: lost.promise,
    ask<F extends ServerFrame>(frame: ClientFrame, isAnswer: (it: ServerFrame) => it is F) {
      const { promise, resolve, reject } = Promise.withResolvers<F>();
      const heard = (it: ServerFrame): boolean => {
        if (!isAnswer(it)) return false;
        resolve(it);
        return true;
      };
      questions.add({ frame, heard, refused: reject });
      line.dispatch({ type: 'ask', frame });
      return Promise.race([promise, lost.promise]);
    },
    say: (to, text) => {
      const id = randomUUID();
      const said = Promise.withResolvers<Said>();
      unsaid.set(id, said);
      line.dispatch({ type: 'send', message: { id, to, text, kind: 'message', at: Date.now() } });
      return said.promise;
    },
    [Symbol.dispose]: leave,
  };
};
