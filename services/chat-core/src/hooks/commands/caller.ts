import {
  isProblem,
  type Locale,
  type Problem,
  problem,
  problemText,
  type StreamLine,
  type StreamLineOf,
} from '@partyline/protocol';
import type { Log } from '@partyline/service';
import type { Sink, Streams } from '../../bus/streams.ts';
import type { Line } from '../../line/line.ts';
import type { CalledCommand, Grant } from '../../people/bot.ts';
import { inId, message } from '../outgoing/message.ts';
import { ANSWER_MS, type Post } from '../outgoing/post.ts';
import { readAnswer } from './answer.ts';

/** Calls of one command that may wait for their answers at once. */
const CALLS = 16;
/** How soon a stream that ended, or a command that somebody else serves, is asked for again. */
const AGAIN_MS = 5_000;

type Invocation = StreamLineOf<'invocation'>;

export type CallerParts = {
  readonly line: Pick<Line, 'run' | 'publish'>;
  readonly streams: Pick<Streams, 'ask' | 'closed'>;
  readonly post: Post;
  readonly locale: Locale;
  readonly now: () => number;
  /** Waits; returns early, without an error, when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onSent: (outcome: 'delivered' | 'failed') => void;
  readonly log: Log;
};

/** Calls a URL when its slash command is used. */
export interface Caller {
  /** Calls under way are broken off. */
  stop(): Promise<void>;
}

/**
 * Serves the command of a bot as the bot itself would on the bus, with an instance and a stream: whom
 * a command is given to, and what the bot may say, is decided as of any other.
 */
export const startCaller = (
  /** Unlike any other, of this chat-core or another. */
  instance: string,
  grant: Grant,
  command: CalledCommand,
  parts: CallerParts,
): Caller => {
  const { line, streams, post, locale, log } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  const { name } = command;
  let calls = 0;

  const announce = async (id: string, room: string, text: string): Promise<Problem | undefined> => {
    const said = { type: 'announce', room, nick: grant.nick, text } as const;
    const envelope = { id, session: grant.bot, command: said };
    const [outcome] = await line.publish(instance, [envelope], grant);
    return outcome?.type === 'refused' ? outcome.problem : undefined;
  };
  /** What the URL answers, or why nothing is said of that. */
  const ask = async (it: Invocation): Promise<string | Problem | undefined> => {
    if (calls === CALLS) return problem('command-busy', { name });
    calls += 1;
    const { id, args, room, session, nick, accountNick } = it;
    const data = { id, name, args, room, session, nick, ...(accountNick && { accountNick }) };
    const called = message(
      `${grant.bot}_${inId(`${session}_${id}`)}`,
      'command',
      parts.now(),
      data,
    );
    const result = await post(command, called, signal).finally(() => {
      calls -= 1;
    });
    if (signal.aborted) return undefined;
    parts.onSent(result.type === 'done' ? 'delivered' : 'failed');
    if (result.type === 'done')
      return result.text === undefined
        ? problem('command-failed', { name })
        : readAnswer(result.text);
    log.warn({ command: name, error: result.error }, 'a slash command was not carried out');
    return result.late
      ? problem('command-late', { name, seconds: ANSWER_MS / 1_000 })
      : problem('command-failed', { name });
  };
  const serve = async (it: Invocation): Promise<void> => {
    const { id, room, nick } = it;
    const answer = await ask(it);
    if (answer === undefined) return;
    const wrong = isProblem(answer) ? answer : await announce(id, room, answer);
    if (wrong === undefined) return;
    const unsaid = await announce(id, room, `@${nick} ${problemText(wrong, locale)}`);
    if (unsaid !== undefined)
      log.warn({ command: name, error: unsaid.message }, 'nobody could be told of a slash command');
  };

  const take = (text: string): void => {
    for (const chunk of text.split('\n')) {
      if (chunk === '') continue;
      const it = JSON.parse(chunk) as StreamLine;
      if (it.type === 'invocation')
        serve(it).catch((error: unknown) =>
          log.warn({ err: error, command: name }, 'a slash command was not answered'),
        );
    }
  };
  /** Serves the command until its stream ends. */
  const attend = async (): Promise<void> => {
    const ended = Promise.withResolvers<void>();
    const sink: Sink = { queuedBytes: 0, write: take, end: ended.resolve, destroy: ended.resolve };
    signal.addEventListener('abort', () => ended.resolve(), { once: true });
    const hello = { kind: 'command', endpoints: [], sessions: [], rooms: [] };
    const refused = await line.run({
      ...{ type: 'hello', instance, grant },
      hello: { ...hello, commands: [infoOf(command)] },
    });
    if (isProblem(refused)) throw new Error(refused.message);
    streams.ask(instance, sink);
    try {
      if (await line.run({ type: 'attach', instance })) await ended.promise;
    } finally {
      streams.closed(instance, sink);
    }
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await attend().catch((error: unknown) =>
        log.warn({ err: error, command: name }, 'a slash command is not served; it is tried again'),
      );
      if (!signal.aborted) await parts.sleep(AGAIN_MS, signal);
    }
    await line.run({ type: 'leave', instance }).catch(() => {});
  };
  const over = run();

  return {
    stop: () => {
      stopping.abort();
      return over;
    },
  };
};

/** What of a command everybody is told. */
export const infoOf = ({ name, usage, about }: CalledCommand) => ({
  ...{ name, ...(usage !== undefined && { usage }), ...(about !== undefined && { about }) },
});
