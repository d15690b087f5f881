import { type Card, cardProblem, type ProbeAnswer, type ProbeReport } from '@partyline/protocol';

/** Records that a card tells of one answer. */
const RECORDS = 64;
/** Of a longer record nothing is told but that it is there. */
const RECORD_CHARACTERS = 1_024;

const withFewer = <A extends ProbeAnswer>(answer: A, most: number): A => {
  if (answer.result !== 'found') return answer;
  const records = answer.records.filter((it) => it.length <= RECORD_CHARACTERS).slice(0, most);
  const more = answer.records.length - records.length;
  return more === 0 ? answer : { ...answer, records, more };
};

/** A report as a card, with as many records as there is room for; undefined when there is none. */
export const reportCard = (report: ProbeReport): Card | undefined => {
  const { lookup, resolve } = report;
  for (let most = RECORDS; most >= 1; most /= 2) {
    const card: Card = {
      type: 'dns',
      report: {
        ...report,
        ...(lookup !== undefined && { lookup: withFewer(lookup, most) }),
        resolve: resolve.map((it) => withFewer(it, most)),
      },
    };
    if (cardProblem(card) === undefined) return card;
  }
  return undefined;
};
