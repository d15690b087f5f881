import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Readable } from 'node:stream';
import type { Call } from '../commands/command.ts';
import type { Environment } from '../environment.ts';
import { type ExitCode, exitCodes, Failure } from '../exit-code.ts';
import { bodyOf, keepBytes, kindOf, showJson, showLines } from './answer.ts';
import { ask, requestFor } from './ask.ts';
import { JSON_TYPE, type Operation } from './document.ts';
import type { Place } from './place.ts';
import { adminTexts } from './texts.ts';
import type { Values } from './values.ts';

/** Asks a person at a terminal before something is gone. Scripts mean what they say. */
const confirm = async (
  { method, words }: Operation,
  values: Values,
  call: Call,
  { stdin, stderr, stop, locale }: Environment,
): Promise<void> => {
  if (method !== 'DELETE' || call.flag('yes') || !stdin.isTTY || !stderr.isTTY) return;
  const texts = adminTexts[locale];
  const what = [...words, ...values.path.values(), ...values.query.values()].join(' ');
  using asking = createInterface({ input: stdin, output: stderr });
  const said = await asking.question(texts.confirm(what), { signal: stop }).catch(() => '');
  stop.throwIfAborted();
  if (!/^y(es)?$/i.test(said.trim())) throw new Failure('refused', texts.notConfirmed);
};

/** What is sent as it is: a file, or what is piped in. */
const inputOf = async (
  call: Call,
  { stdin, locale }: Environment,
): Promise<ReadableStream<Uint8Array>> => {
  const texts = adminTexts[locale];
  const file = call.text('input');
  if (file === undefined && stdin.isTTY) throw new Failure('usage', texts.input);
  if (file !== undefined)
    await access(file).catch((error: Error) => {
      throw new Failure('usage', texts.fileUnreadable(file, error.message));
    });
  const input = file === undefined ? stdin : createReadStream(file);
  return Readable.toWeb(input) as ReadableStream<Uint8Array>;
};

/** How the next page is asked for: after where this one ends, or before it where one reads backwards. */
const pageField = ({ fields }: Operation, { query }: Values): string => {
  const has = (name: string): boolean => fields.some((it) => it.name === name);
  return has('before') && !query.has('after') ? 'before' : 'after';
};

/** Does what was asked for, and shows what came of it. Throws a `Failure` when nothing did. */
export const carryOut = async (
  operation: Operation,
  values: Values,
  {
    place,
    call,
    environment,
  }: {
    readonly place: Place;
    readonly call: Call;
    readonly environment: Environment;
  },
): Promise<ExitCode> => {
  const { sends } = operation;
  await confirm(operation, values, call, environment);
  const upload =
    sends === undefined || sends === JSON_TYPE
      ? {}
      : { type: sends, body: await inputOf(call, environment) };
  const page = pageField(operation, values);
  let next: Readonly<Record<string, string>> = {};
  for (;;) {
    const request = { ...requestFor(operation, values, next), ...upload };
    const response = await ask(place, request, environment);
    const kind = kindOf(response);
    if (kind === 'bytes') await keepBytes(bodyOf(response), call, environment);
    if (kind === 'lines' && !values.query.has('watch'))
      await keepBytes(bodyOf(response), call, environment);
    else if (kind === 'lines') await showLines(bodyOf(response), call, environment);
    if (kind !== 'json') return exitCodes.done;
    const more = await showJson(await response.json(), call, environment);
    if (more === undefined) return exitCodes.done;
    if (!call.flag('all')) {
      const told = adminTexts[environment.locale].nextPage(`--${page} '${more}'`);
      environment.stderr.write(`partyline: ${told}\n`);
      return exitCodes.done;
    }
    next = { [page]: more };
  }
};
