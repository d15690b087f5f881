import './dns-card.css';
import type { ProbeChange, ProbeFinding } from '@partyline/client';
import { t } from '../../text/locale.ts';
import { Outcome } from './dns-outcome.tsx';
import { Verdicts } from './dns-verdicts.tsx';

const keyOf = ({ type = '', server = '' }: ProbeFinding): string => `${type} ${server}`;

/** What a resolver said before, and says now. */
type Row = { readonly is: ProbeFinding; was?: ProbeFinding; now?: ProbeFinding };

const rowsOf = ({ before, after }: ProbeChange): readonly (readonly [string, Row])[] => {
  const rows = new Map<string, Row>();
  for (const it of before) rows.set(keyOf(it), { is: it, was: it });
  for (const it of after) rows.set(keyOf(it), { is: it, ...rows.get(keyOf(it)), now: it });
  return [...rows];
};

const recordsOf = (finding: ProbeFinding | undefined): readonly string[] =>
  finding?.result === 'found' ? finding.records : [];

/** What is known of those that aren't told. */
const markOf = (finding: ProbeFinding | undefined): string | undefined =>
  finding?.result === 'found' ? finding.mark : undefined;

/** One side of a change: what the other side doesn't have is marked by `Mark`. */
const Side = ({
  finding,
  other,
  Mark,
}: {
  finding: ProbeFinding | undefined;
  other: ProbeFinding | undefined;
  Mark: 'del' | 'ins';
}) =>
  finding === undefined ? (
    <span class="quiet">{t('dnsNothing')}</span>
  ) : (
    <Outcome
      finding={finding}
      show={(it) => (recordsOf(other).includes(it) ? it : <Mark>{it}</Mark>)}
      showRest={(it) => (markOf(other) === markOf(finding) ? it : <Mark>{it}</Mark>)}
    />
  );

/** How a watched name has changed. */
export const DnsChangeCard = ({ change }: { change: ProbeChange }) => {
  const name = change.address ?? change.name;
  const title = t('dnsChanged', { name });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what may scroll has to be reached by keyboard (WCAG 2.1.1)
    <section class="dns" aria-label={title} tabIndex={0}>
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('dnsResolver')}</th>
            <th scope="col">{t('dnsType')}</th>
            <th scope="col">{t('dnsBefore')}</th>
            <th scope="col">{t('dnsNow')}</th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(change).map(([key, { is, was, now }]) => (
            <tr key={key}>
              <th scope="row">{is.server ?? t('dnsSystem')}</th>
              <td>{is.type}</td>
              <td>
                <Side finding={was} other={now} Mark="del" />
              </td>
              <td>
                <Side finding={now} other={was} Mark="ins" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Verdicts differences={change.differences} />
    </section>
  );
};
