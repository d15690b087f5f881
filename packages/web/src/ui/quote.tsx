import { t } from '../text/locale.ts';
import { useApp } from './app-context.ts';

type Props = {
  readonly seq: number;
  readonly nick: string;
  readonly text: string;
};

/** The element of an entry in the message list. */
export const elementId = (seq: number): string => `event-${seq}`;

/** What a message replies to; a press goes there. */
export const QuoteView = ({ seq, nick, text }: Props) => {
  const { reading } = useApp();
  return (
    <button
      type="button"
      class="quote"
      aria-label={`${t('jumpTo', { nick })}: ${text}`}
      onClick={() => reading.toEvent(seq)}
    >
      <bdi>{nick}</bdi> <span dir="auto">{text === '' ? t('takenBack') : text}</span>
    </button>
  );
};
