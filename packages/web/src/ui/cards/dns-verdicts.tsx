import type { ProbeDifference } from '@partyline/client';
import { probeTexts } from '@partyline/protocol/probe-texts';
import { locale, t } from '../../text/locale.ts';
import { Icon } from '../icon.tsx';

const textOf = (it: ProbeDifference): string => {
  const why = it.why && probeTexts[locale.value].whys[it.why];
  if (it.between === 'servers')
    return why === undefined
      ? t('dnsServersDiffer', { type: it.type })
      : t('dnsServersDifferWhy', { type: it.type, why });
  return why === undefined ? t('dnsDiffer') : t('dnsDifferWhy', { why });
};

/** Who differs, and why; `agree` when it is known that nobody does. */
export const Verdicts = ({
  differences,
  agree = false,
}: {
  differences: readonly ProbeDifference[];
  agree?: boolean;
}) => (
  <>
    {differences.map((it) => (
      <p class="verdict differ">
        <Icon name="info" />
        {textOf(it)}
      </p>
    ))}
    {agree && differences.length === 0 && (
      <p class="verdict">
        <Icon name="check" />
        {t('dnsSame')}
      </p>
    )}
  </>
);
