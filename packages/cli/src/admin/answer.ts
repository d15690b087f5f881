import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { toLine } from '@partyline/protocol';
import type { Call } from '../commands/command.ts';
import { type Environment, write } from '../environment.ts';
import { Failure } from '../exit-code.ts';
import { JSON_TYPE } from './document.ts';
import { lineText, listOf, objectText, tableText } from './show.ts';
import { adminTexts } from './texts.ts';

/** Shows an answer in JSON; gives where the next page begins, if there is one. */
export const showJson = async (
  answer: unknown,
  call: Call,
  { stdout, stop }: Environment,
): Promise<string | undefined> => {
  const isForPeople = stdout.isTTY === true;
  const list = listOf(answer);
  let text: string;
  if (call.flag('json')) text = (list ?? [answer]).map(toLine).join('');
  else text = list ? tableText(list, isForPeople) : objectText(answer, isForPeople);
  await write(stdout, text, stop);
  const { next } = answer as { readonly next?: string | number };
  return next === undefined ? undefined : String(next);
};

/** Shows lines as they come, until their end, which is the server's. */
export const showLines = async (
  body: Readable,
  call: Call,
  { stdout, stop, locale }: Environment,
): Promise<never> => {
  try {
    for await (const line of createInterface({ input: body })) {
      if (call.flag('json')) await write(stdout, `${line}\n`, stop);
      else {
        const told: { readonly type?: unknown } = JSON.parse(line);
        if (told.type !== 'heartbeat') await write(stdout, lineText(told), stop);
      }
    }
  } catch (error) {
    stop.throwIfAborted();
    if (error instanceof Failure) throw error;
  }
  throw new Failure('lost', adminTexts[locale].watchOver);
};

/** Keeps what is no text in a file, which is there when it is whole; or passes it on. */
export const keepBytes = async (
  body: Readable,
  call: Call,
  { stdout, stderr, stop, locale }: Environment,
): Promise<void> => {
  const texts = adminTexts[locale];
  const file = call.text('output');
  if (file === undefined) {
    if (stdout.isTTY) throw new Failure('usage', texts.toTerminal);
    await pipeline(body, stdout, { signal: stop, end: false });
    return;
  }
  const part = `${file}.part`;
  const sink = createWriteStream(part, { mode: 0o600 });
  try {
    await pipeline(body, sink, { signal: stop });
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    stop.throwIfAborted();
    throw new Failure('lost', texts.fileUnreadable(file, (error as Error).message));
  }
  stderr.write(`partyline: ${texts.saved(file, sink.bytesWritten)}\n`);
};

/** What kind of answer it is, by its media type. */
export const kindOf = (response: Response): 'json' | 'lines' | 'bytes' => {
  const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
  return type === JSON_TYPE ? 'json' : type === 'application/x-ndjson' ? 'lines' : 'bytes';
};

export const bodyOf = ({ body }: Response): Readable =>
  body === null ? Readable.from([]) : Readable.fromWeb(body as never);
