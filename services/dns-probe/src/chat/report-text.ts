import {
  type Locale,
  limits,
  type ProbeDifference,
  type ProbeFinding,
  type ProbeReport,
  type ServerAnswer,
  type SystemAnswer,
} from '@partyline/protocol';
import { type Texts, texts } from './texts.ts';

/** Records told one by one; a room is no place for a hundred. */
const RECORDS = 8;
/** Characters told of one record; a TXT record may have 65,000. */
const RECORD_CHARACTERS = 300;

const short = (record: string): string =>
  record.length > RECORD_CHARACTERS ? `${record.slice(0, RECORD_CHARACTERS)}…` : record;

/** What was found, or why nothing was. */
export const outcomeText = (answer: ProbeFinding, text: Texts): string => {
  if (answer.result !== 'found') return text.failures[answer.result];
  const { records, hidden = 0, more = 0 } = answer;
  const parts = records.slice(0, RECORDS).map(short);
  const left = records.length - parts.length + more;
  if (left > 0) parts.push(text.more(left));
  if (hidden > 0) parts.push(text.hidden(hidden));
  return parts.join(', ');
};

const msText = (ms: number): string => `${ms.toFixed(1)} ms`;

const systemText = (answer: SystemAnswer, text: Texts): string => {
  const notes = [msText(answer.ms), answer.first && text.first(answer.first)];
  return `${outcomeText(answer, text)} (${notes.filter(Boolean).join(', ')})`;
};

const serverText = (answer: ServerAnswer, text: Texts): string => {
  const path = [...(answer.aliases ?? []), outcomeText(answer, text)].join(' → ');
  const notes = [msText(answer.ms), answer.ttl !== undefined && text.ttl(answer.ttl)];
  return `${path} (${notes.filter(Boolean).join(', ')})`;
};

export const differenceText = (it: ProbeDifference, text: Texts): string => {
  const why = it.why && text.whys[it.why];
  return it.between === 'servers' ? text.serversDiffer(it.type, why) : text.differ(why);
};

/** Lines as one text, which ends early when it would be too long to be said. */
export const fitting = (lines: readonly string[]): string => {
  const text = lines.join('\n');
  const points = Array.from(text);
  return points.length <= limits.textCodePoints
    ? text
    : `${points.slice(0, limits.textCodePoints - 1).join('')}…`;
};

/** A report as a room is told it, a line an answer. */
export const reportText = (report: ProbeReport, locale: Locale): string => {
  const text = texts[locale];
  const { lookup, resolve, differences, address } = report;
  const name = address ?? report.name;
  const isOneServer = new Set(resolve.map((it) => it.server)).size <= 1;
  const answers = resolve.map((it) => {
    const who = isOneServer ? it.type : `${it.type} @${it.server}`;
    return `${name} ${who}: ${serverText(it, text)}`;
  });
  const bySystem = lookup && `${name} ${text.system}: ${systemText(lookup, text)}`;
  const verdicts = differences.map((it) => differenceText(it, text));
  if (lookup !== undefined && verdicts.length === 0) verdicts.push(text.same);
  return fitting([...(bySystem === undefined ? [] : [bySystem]), ...answers, ...verdicts]);
};
