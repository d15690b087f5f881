import { createHmac } from 'node:crypto';
import {
  cardProblem,
  type ProbeFinding,
  type ProbeReport,
  type ProbeState,
} from '@partyline/protocol';
import { isPrivateAddress, type PrivateAddresses } from '../probe/address.ts';

/** Records that are told of one answer; of the others it is known whether they stay the same. */
const RECORDS = 32;
const RECORD_CHARACTERS = 512;
/** Of a digest: enough that another one is another. */
const MARK_CHARACTERS = 12;

type Told = {
  readonly privateAddresses: PrivateAddresses;
  /** The same for all who look names up, and known to nobody else: addresses can be guessed. */
  readonly key: string;
};

type Answer = ProbeReport['resolve'][number] | NonNullable<ProbeReport['lookup']>;

const findingOf = (
  answer: Answer,
  who: Pick<ProbeFinding, 'type' | 'server'>,
  most: number,
  { privateAddresses, key }: Told,
): ProbeFinding => {
  if (answer.result !== 'found') return { result: answer.result, ...who };
  const isHidden = (it: string): boolean => privateAddresses === 'hide' && isPrivateAddress(it);
  const all = [...answer.records].sort();
  const shown = all.filter((it) => !isHidden(it));
  const records = shown.filter((it) => it.length <= RECORD_CHARACTERS).slice(0, most);
  const [hidden, more] = [all.length - shown.length, shown.length - records.length];
  const rest = all.filter((it) => !records.includes(it));
  const digest = createHmac('sha256', key).update(JSON.stringify(rest)).digest('base64url');
  return {
    ...{ result: 'found', records },
    ...(hidden > 0 && { hidden }),
    ...(more > 0 && { more }),
    ...(rest.length > 0 && { mark: digest.slice(0, MARK_CHARACTERS) }),
    ...who,
  };
};

/**
 * What a report says, without what is another each time; undefined when it says nothing, since too
 * many names were being looked up. The report has private addresses in it; they are told as `Told` has it.
 */
export const stateOf = (report: ProbeReport, told: Told): ProbeState | undefined => {
  const { lookup, resolve, differences } = report;
  if (lookup?.result === 'busy') return undefined;
  const state = (most: number): ProbeState => ({
    findings: [
      ...(lookup === undefined ? [] : [findingOf(lookup, {}, most, told)]),
      ...resolve.map((it) => findingOf(it, { type: it.type, server: it.server }, most, told)),
    ],
    differences,
  });
  let most = RECORDS;
  while (most > 0 && cardProblem(state(most)) !== undefined) most = Math.floor(most / 2);
  return state(most);
};
