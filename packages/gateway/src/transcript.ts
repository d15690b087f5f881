import { type Event, isProblem, type Locale, problemText, type Signal } from '@partyline/protocol';
import type { Answer } from './answer.ts';
import type { Dialect, Interpreter, You } from './dialect.ts';

/**
 * Plays a transcript against a dialect, and gives it back with what the dialect really made of it:
 * the same text when the dialect does as the transcript says. Line by line:
 *
 * ```
 * # a remark
 * > a frame from the client
 * = the request it is read as, or its problem, or `nothing`
 * ! answer {…}   (or `event {…}`, `signal {…}`): what the gateway tells the dialect
 * < a frame that shows it
 * ```
 */
export const replay = (transcript: string, dialect: Dialect, locale: Locale): string => {
  const interpreter = dialect.interpreter();
  let you: You | undefined;

  const frames = (told: string): readonly string[] => {
    const [what = '', json = ''] = told.split(/ (.*)/s);
    if (what === 'event') return interpreter.renderer.event(JSON.parse(json) as Event);
    if (what === 'signal') return interpreter.renderer.signal(JSON.parse(json) as Signal);
    const answer = JSON.parse(json) as Answer;
    if (answer.type === 'opened' || answer.type === 'renamed')
      you = { session: you?.session ?? '', ...answer };
    return interpreter.show(answer, you);
  };

  const played = transcript.split('\n').flatMap((line) => {
    if (/^[=<]/.test(line)) return [];
    if (line.startsWith('> '))
      return [line, `= ${told(interpreter.read(line.slice(2), you), locale)}`];
    if (line.startsWith('! ')) return [line, ...frames(line.slice(2)).map((it) => `< ${it}`)];
    return [line];
  });
  return played.join('\n');
};

const told = (it: ReturnType<Interpreter['read']>, locale: Locale): string => {
  if (it === undefined) return 'nothing';
  return isProblem(it) ? `${it.code}: ${problemText(it, locale)}` : JSON.stringify(it);
};
