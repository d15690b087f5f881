import type { LineState } from '@partyline/client';
import { t } from '../text/locale.ts';
import { useApp } from './app-context.ts';

const textOf = ({ phase, network }: LineState): string => {
  switch (phase.is) {
    case 'in':
    case 'out':
      return '';
    case 'over':
      if (phase.reason.code === 'resumed-elsewhere') return t('elsewhere');
      if (phase.reason.code === 'goodbye') return t('saidGoodbye');
      return phase.reason.message || t('kicked');
    default:
      return network ? t('reconnecting') : t('noNetwork');
  }
};

/** What is wrong with the line, calmly. */
export const Banner = () => {
  const app = useApp();
  const { phase, nick, password } = app.line.value;
  const over = phase.is === 'over';
  const text = textOf(app.line.value);
  return (
    <div class="banner" role="status" data-shown={text !== ''} data-over={over}>
      {text && <p>{text}</p>}
      {over && (
        <button type="button" class="primary" onClick={() => app.account.enter(nick, password)}>
          {phase.reason.code === 'resumed-elsewhere' ? t('continueHere') : t('comeBack')}
        </button>
      )}
    </div>
  );
};
