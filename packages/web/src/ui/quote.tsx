import { t } from '../text/locale.ts';

type Props = {
  readonly seq: number;
  readonly nick: string;
  readonly text: string;
};

/** The element of an entry in the message list. */
export const elementId = (seq: number): string => `event-${seq}`;

/** What a message replies to; a press goes there, if it is on the page. */
export const QuoteView = ({ seq, nick, text }: Props) => (
  <button
    type="button"
    class="quote"
    aria-label={`${t('jumpTo', { nick })}: ${text}`}
    onClick={() => {
      const target = document.getElementById(elementId(seq));
      target?.scrollIntoView({ block: 'center' });
      target?.focus({ preventScroll: true });
    }}
  >
    <bdi>{nick}</bdi> <span dir="auto">{text === '' ? t('takenBack') : text}</span>
  </button>
);
