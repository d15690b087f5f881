import { isDeepStrictEqual } from 'node:util';
import {
  type Card,
  cardProblem,
  type Locale,
  type ProbeChange,
  type ProbeFinding,
  type ProbeState,
} from '@partyline/protocol';
import { differenceText, fitting, outcomeText } from '../chat/report-text.ts';
import { type Texts, texts } from '../chat/texts.ts';
import type { Subject } from '../probe/subject.ts';

const whose = ({ type = '', server = '' }: ProbeFinding): string => `${type} @${server}`;

const others = (
  findings: readonly ProbeFinding[],
  than: readonly ProbeFinding[],
): readonly ProbeFinding[] =>
  findings.filter((it) => !than.some((other) => isDeepStrictEqual(it, other)));

/** How a name has changed; undefined when it hasn't. */
export const changeBetween = (
  { name, address }: Subject,
  before: ProbeState,
  after: ProbeState,
): ProbeChange | undefined => {
  if (isDeepStrictEqual(before, after)) return undefined;
  return {
    ...{ name, ...(address !== undefined && { address }) },
    before: others(before.findings, after.findings),
    after: others(after.findings, before.findings),
    differences: after.differences,
  };
};

/** A change as a card; undefined when it is too long for one. */
export const changeCard = (change: ProbeChange): Card | undefined => {
  const card: Card = { type: 'dns-change', change };
  return cardProblem(card) === undefined ? card : undefined;
};

type Step = { readonly who: string; readonly how: string };

const stepsOf = ({ before, after }: ProbeChange, text: Texts): readonly Step[] => {
  const keys = new Map([...before, ...after].map((it) => [whose(it), it]));
  return Array.from(keys, ([key, { type, server }]) => {
    const [was, is] = [before, after].map((them) => {
      const found = them.find((it) => whose(it) === key);
      return found === undefined ? text.nothing : outcomeText(found, text);
    });
    return {
      who: server === undefined ? text.system : `${type} @${server}`,
      how: `${was} → ${was === is ? text.others : is}`,
    };
  });
};

/** A change as a room is told it: in one line when all whose answer has changed say the same. */
export const changeText = (
  change: ProbeChange,
  was: ProbeState['differences'],
  locale: Locale,
): string => {
  const text = texts[locale];
  const name = change.address ?? change.name;
  const steps = stepsOf(change, text);
  const [how, ...more] = new Set(steps.map((it) => it.how));
  const isOne = how !== undefined && more.length === 0;
  const [first, second] = steps;
  const what = first !== undefined && second === undefined ? `${name} ${first.who}` : name;
  const verdicts = change.differences.map((it) => differenceText(it, text));
  if (was.length > 0 && verdicts.length === 0) verdicts.push(text.same);
  return fitting([
    text.changed(what, isOne ? how : undefined),
    ...(isOne ? [] : steps.map((it) => `${it.who}: ${it.how}`)),
    ...(isDeepStrictEqual(was, change.differences) ? [] : verdicts),
  ]);
};
