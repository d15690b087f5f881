import { type Event, type Locale, problemText } from '@partyline/protocol';
import type { Answer } from '../answer.ts';
import { closeReasons } from '../close-reason.ts';
import type { Dialect, Interpreter, Renderer } from '../dialect.ts';
import type { Request } from '../request.ts';
import { texts } from '../text/texts.ts';

/** What sets one use of the raw dialect apart from another. */
export type RawOptions = {
  readonly locale: Locale;
  /** Lines, without their ends, as bytes on the wire. */
  frame(frames: readonly string[]): Uint8Array;
};

/** The line that ends the connection. */
const CLOSE = 'close';

/** What stands before the few lines that are the server's own. */
const MARK = '-- ';

/**
 * The bare relay: no greeting, no names, no commands. A client is a guest from the moment it
 * connects; each of its lines goes as it is to everybody else in the lobby, and what is said there
 * comes as bare lines. The server speaks only of what went wrong.
 */
export const rawDialect = ({ locale, frame }: RawOptions): Dialect => {
  const renderer: Renderer = {
    echo: false,
    event: eventLines,
    signal: () => [],
    encode: frame,
  };
  // Without state of its own, so that one serves every connection.
  const interpreter: Interpreter = {
    renderer,
    resumable: false,
    opening: { type: 'visit' },
    read: readLine,
    show: (answer) => wrong(answer, locale).map((line) => MARK + line),
    // Who may not come in can't do anything else either.
    done: ({ type }, you) => ({
      frames: [],
      requests: type === 'visit' && you === undefined ? [{ type: 'quit' }] : [],
    }),
  };
  return { name: 'raw', interpreter: () => interpreter };
};

const readLine = (line: string): Request | undefined => {
  if (line === CLOSE) return { type: 'quit' };
  // The log keeps no empty messages.
  if (line.trim() === '') return undefined;
  return { type: 'say', kind: 'message', text: line };
};

const spoken: readonly Event['kind'][] = ['message', 'action', 'notice'];

const eventLines = ({ kind, text }: Event): readonly string[] =>
  spoken.includes(kind) && text !== '' ? text.split('\n') : [];

/** What went wrong, if the answer says that something did. */
const wrong = (answer: Answer, locale: Locale): readonly string[] => {
  switch (answer.type) {
    case 'refused':
      return [problemText(answer.problem, locale)];
    case 'closing': {
      const { reason, detail } = answer;
      if (reason === 'goodbye') return [];
      const why = closeReasons[reason][locale];
      return [detail === undefined ? why : texts[locale].closing(why, detail)];
    }
    case 'removed':
      return [texts[locale].removed(answer.room, answer.reason)];
    case 'gap':
      return [texts[locale].gap(answer.room)];
    default:
      return [];
  }
};
