import { createInterface } from 'node:readline';
import { cleanText, problemText, textProblem, toLine } from '@partyline/protocol';
import { write } from '../environment.ts';
import { type ExitCode, exitCodes, Failure } from '../exit-code.ts';
import { RefusedError, type Said } from '../script/visit.ts';
import { messages } from '../text/messages.ts';
import { comeIn } from './come-in.ts';
import type { Command } from './command.ts';
import { helpOption, jsonOption, timeoutOption, visitOptions } from './options.ts';
import { enter, readTarget } from './room-argument.ts';

/** Lines on their way at once: as many as keep the wire busy, and few enough that stdin is read no faster than it goes. */
const WINDOW = 64;

export const send: Command = {
  usage: 'send ROOM|@NICK [TEXT…]',
  purpose: {
    en: 'says TEXT, or each line of stdin',
    'zh-CN': '发送 TEXT，或标准输入的每一行',
  },
  notes: {
    en: `Without TEXT, every line of stdin is a message; blank lines are left out.
It ends with 0 only when every line is stored. What a broken connection left
unanswered is sent again under the same id, so that nothing is stored twice.`,
    'zh-CN': `没有 TEXT 时，标准输入的每一行为一条消息，空行忽略。
只有每一行都已保存，退出码才为 0。连接中断时未确认的行会以相同 id 重发，不会重复保存。`,
  },
  options: { ...visitOptions, ...timeoutOption, ...jsonOption, ...helpOption },
  run: async (call, environment) => {
    const { locale, stdin, stdout, stderr, stop } = environment;
    const text = messages[locale];
    const [place, ...words] = call.positionals;
    if (place === undefined) throw new Failure('usage', text.missing('ROOM'));
    const target = readTarget(place, environment);
    using visit = await comeIn(call, environment);
    if ('room' in target) await enter(visit, target.room);

    let exitCode: ExitCode = exitCodes.done;
    const refuse = (line: number, why: string): void => {
      exitCode = exitCodes.refused;
      stderr.write(`partyline: ${text.notSent(line, why)}\n`);
    };
    const tell = async (line: number, said: Said): Promise<void> => {
      if (call.flag('json')) await write(stdout, toLine({ line, ...said }), stop);
    };
    const say = async (line: number, message: string): Promise<void> => {
      const problem = textProblem(cleanText(message));
      if (problem !== undefined) {
        refuse(line, problemText(problem, locale));
        return;
      }
      try {
        await tell(line, await visit.say(target, message));
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        refuse(line, error.code === 'unsure' ? text.unsure : error.message);
      }
    };

    if (words.length > 0) {
      await say(1, words.join(' '));
      return exitCode;
    }
    const lines = createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY });
    const underWay = new Set<Promise<void>>();
    let failure: unknown;
    const fail = (error: unknown): void => {
      failure ??= error;
      lines.close();
    };
    visit.lost.catch(fail);
    let line = 0;
    for await (const message of lines) {
      if (failure !== undefined) break;
      line += 1;
      if (message.trim() === '') continue;
      const saying: Promise<void> = say(line, message)
        .catch(fail)
        .finally(() => underWay.delete(saying));
      underWay.add(saying);
      if (underWay.size >= WINDOW) await Promise.race(underWay);
    }
    await Promise.all(underWay);
    if (failure !== undefined) throw failure;
    return exitCode;
  },
};
