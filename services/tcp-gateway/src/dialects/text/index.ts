import type { Dialect, Interpreter, Renderer } from '@partyline/gateway';
import { type Locale, limits } from '@partyline/protocol';
import { encodeLines, LineFramer } from '../../framing/lines.ts';
import type { StreamDialect } from '../stream-dialect.ts';
import { read } from './read.ts';
import { eventLines, signalLines } from './render.ts';
import { answerLines } from './show.ts';
import { TelnetFramer } from './telnet.ts';
import { texts as allTexts } from './texts.ts';

/** The dialect of a person with nc or telnet: a line in is a line said, a line out is for reading. */
export const textDialect = (locale: Locale): Dialect => {
  const texts = allTexts[locale];
  const renderer: Renderer = {
    echo: false,
    event: (event) => eventLines(event, texts),
    signal: (signal) => signalLines(signal, texts),
    encode: encodeLines,
  };
  // Without state of its own, so that one serves every connection.
  const interpreter: Interpreter = {
    renderer,
    resumable: false,
    read: (frame, you) => read(frame, you, texts),
    show: (answer) => answerLines(answer, texts, locale),
  };
  return { name: 'text', interpreter: () => interpreter };
};

/** The text dialect as a stream of bytes carries it, through telnet or without. */
export const textOnStream = (locale: Locale): StreamDialect => ({
  dialect: textDialect(locale),
  framer: () => new TelnetFramer(new LineFramer(limits.frameBytes)),
});
