import type { Locale } from '@partyline/protocol';
import type { Dialect, Interpreter, Renderer } from '../dialect.ts';
import { read } from './read.ts';
import { eventLines, signalLines } from './render.ts';
import { answerLines } from './show.ts';
import { texts as allTexts } from './texts.ts';

/** What sets one use of the text dialect apart from another. */
export type TextOptions = {
  readonly locale: Locale;
  /** Lines, without their ends, as bytes on the wire. */
  frame(frames: readonly string[]): Uint8Array;
};

/** The dialect of a person with nc or telnet: a line in is a line said, a line out is for reading. */
export const textDialect = ({ locale, frame }: TextOptions): Dialect => {
  const texts = allTexts[locale];
  const renderer: Renderer = {
    echo: false,
    event: (event) => eventLines(event, texts),
    sent: (event) => eventLines(event, texts, true),
    signal: (signal) => signalLines(signal, texts),
    encode: frame,
  };
  // Without state of its own, so that one serves every connection.
  const interpreter: Interpreter = {
    renderer,
    resumable: false,
    read: (line, you) => read(line, you, texts),
    show: (answer, you) => answerLines(answer, texts, locale, you),
  };
  return { name: 'text', interpreter: () => interpreter };
};
