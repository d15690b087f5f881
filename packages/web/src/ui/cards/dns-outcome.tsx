import type { ProbeFinding } from '@partyline/client';
import { probeTexts } from '@partyline/protocol/probe-texts';
import type { ComponentChildren } from 'preact';
import { locale, t } from '../../text/locale.ts';

/** That nothing was found, as an answer and not as a failure. */
const plain: ReadonlySet<string> = new Set(['nxdomain', 'no-data', 'not-found']);

type Props = {
  readonly finding: ProbeFinding;
  /** The names that lead there. */
  readonly aliases?: readonly string[] | undefined;
  /** How a record is shown; as it is when left out. */
  readonly show?: (record: string) => ComponentChildren;
  /** How it is shown how many others there are. */
  readonly showRest?: (text: string) => ComponentChildren;
};

/** What a resolver found, a record a line; or why it found nothing. */
export const Outcome = ({
  finding,
  aliases = [],
  show = (record) => record,
  showRest = (text) => text,
}: Props) => {
  const path = aliases.map((alias) => <li class="quiet">→ {alias}</li>);
  if (finding.result !== 'found')
    return (
      <ul>
        {path}
        <li class={plain.has(finding.result) ? 'quiet' : 'failure'}>
          {probeTexts[locale.value].failures[finding.result]}
        </li>
      </ul>
    );
  const { records, more, hidden } = finding;
  return (
    <ul>
      {path}
      {records.map((record) => (
        <li>
          <bdi>{show(record)}</bdi>
        </li>
      ))}
      {more !== undefined && <li class="quiet">{showRest(t('dnsMore', { n: more }))}</li>}
      {hidden !== undefined && <li class="quiet">{showRest(t('dnsHidden', { n: hidden }))}</li>}
    </ul>
  );
};
