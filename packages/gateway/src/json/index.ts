import { eventObject, type Locale } from '@partyline/protocol';
import type { Dialect, Interpreter, Renderer } from '../dialect.ts';
import { read } from './read.ts';
import { signalObjects } from './render.ts';
import { answerObject } from './show.ts';

/** What sets one use of the json dialect apart from another. */
export type JsonOptions = {
  /** The language of the texts for people. */
  readonly locale: Locale;
  /** Objects, each as a JSON text without line ends, as bytes on the wire. */
  frame(frames: readonly string[]): Uint8Array;
};

/** The dialect of programs: one JSON object a frame, over whatever carries frames. */
export const jsonDialect = ({ locale, frame }: JsonOptions): Dialect => {
  const renderer: Renderer = {
    echo: true,
    event: (event) => [JSON.stringify(eventObject(event))],
    signal: (signal) => signalObjects(signal, locale).map((it) => JSON.stringify(it)),
    encode: frame,
  };
  // Without state of its own, so that one serves every connection.
  const interpreter: Interpreter = {
    renderer,
    resumable: true,
    read,
    show: (answer) => {
      const it = answerObject(answer, locale);
      return it === undefined ? [] : [JSON.stringify(it)];
    },
  };
  return { name: 'json', interpreter: () => interpreter };
};
