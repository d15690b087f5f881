import './dns-card.css';
import type { ProbeReport } from '@partyline/client';
import { t } from '../../text/locale.ts';
import { lengthText } from '../../text/time.ts';
import { Outcome } from './dns-outcome.tsx';
import { Verdicts } from './dns-verdicts.tsx';

type Answer = ProbeReport['resolve'][number];

const SECOND_MS = 1_000;

const tookText = (ms: number): string => `${ms.toFixed(ms < 100 ? 1 : 0)} ms`;

/** What else a server told of its answer. */
const marksOf = ({ flags = [], cached }: Answer): string =>
  [
    flags.includes('aa') && t('dnsAuthoritative'),
    flags.includes('ad') && t('dnsValidated'),
    cached && t('dnsCached'),
  ]
    .filter(Boolean)
    .join(', ');

/** What resolvers say of a name, side by side. */
export const DnsCard = ({ report }: { report: ProbeReport }) => {
  const { lookup, resolve, differences } = report;
  const name = report.address ?? report.name;
  const title = t('dnsOf', { name });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what may scroll has to be reached by keyboard (WCAG 2.1.1)
    <section class="dns" aria-label={title} tabIndex={0}>
      <table>
        <caption>
          <bdi>{name}</bdi>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('dnsResolver')}</th>
            <th scope="col">{t('dnsType')}</th>
            <th scope="col">{t('dnsAnswer')}</th>
            <th scope="col">{t('dnsTtl')}</th>
            <th scope="col">{t('dnsTime')}</th>
          </tr>
        </thead>
        <tbody>
          {lookup && (
            <tr>
              <th scope="row">
                {t('dnsSystem')}
                {lookup.first && (
                  <span class="quiet">{t('dnsFirst', { family: lookup.first })}</span>
                )}
              </th>
              <td />
              <td>
                <Outcome finding={lookup} />
              </td>
              <td />
              <td class="number">{tookText(lookup.ms)}</td>
            </tr>
          )}
          {resolve.map((it) => (
            <tr key={`${it.type} ${it.server}`}>
              <th scope="row">
                {it.server}
                {marksOf(it) !== '' && <span class="quiet">{marksOf(it)}</span>}
              </th>
              <td>{it.type}</td>
              <td>
                <Outcome finding={it} aliases={it.aliases} />
              </td>
              <td class="number">{it.ttl !== undefined && lengthText(it.ttl * SECOND_MS)}</td>
              <td class="number">{tookText(it.ms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Verdicts differences={differences} agree={lookup !== undefined} />
    </section>
  );
};
