import type { SpokenFrame } from '@partyline/client';
import { useRef } from 'preact/hooks';
import { t } from '../text/locale.ts';
import { useApp } from './app-context.ts';
import { Icon } from './icon.tsx';

/** What is offered; others can be sent from other wires. */
const offered = ['👍', '❤️', '😂', '🎉'];

type Props = {
  readonly event: SpokenFrame;
  /** Its text now. */
  readonly text: string;
  readonly mine: boolean;
  /** Where it can be read on the web, if it can. */
  readonly link: string | undefined;
  /** It can be taken back: one's own, or a moderator's to take. */
  readonly removable: boolean;
};

/** What can be done about a message: a small menu, opened by mouse or keyboard. */
export const MessageActions = ({ event, text, mine, link, removable }: Props) => {
  const { composing } = useApp();
  const details = useRef<HTMLDetailsElement>(null);
  const shut = (): void => {
    if (details.current) details.current.open = false;
  };
  const doing = (act: () => void) => () => {
    shut();
    act();
  };
  return (
    <details
      ref={details}
      class="actions"
      name="message-actions"
      onKeyDown={(key) => {
        if (key.key !== 'Escape' || !key.currentTarget.open) return;
        key.stopPropagation();
        shut();
        key.currentTarget.querySelector('summary')?.focus();
      }}
      onBlurCapture={({ relatedTarget, currentTarget }) => {
        if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) shut();
      }}
    >
      <summary aria-label={t('actions')} title={t('actions')} tabIndex={-1}>
        <Icon name="more" />
      </summary>
      <div class="actions-menu">
        {offered.map((reaction) => (
          <button
            key={reaction}
            type="button"
            class="bare"
            aria-label={t('react', { reaction })}
            onClick={doing(() => composing.react(event, reaction, false))}
          >
            {reaction}
          </button>
        ))}
        <button
          type="button"
          class="bare"
          onClick={doing(() => composing.refer('reply', event, text))}
        >
          {t('reply')}
        </button>
        {link !== undefined && navigator.clipboard !== undefined && (
          <button
            type="button"
            class="bare"
            onClick={doing(() => void navigator.clipboard.writeText(link))}
          >
            {t('copyLink')}
          </button>
        )}
        {mine && (
          <button
            type="button"
            class="bare"
            onClick={doing(() => composing.refer('edit', event, text))}
          >
            {t('edit')}
          </button>
        )}
        {removable && (
          <button
            type="button"
            class="bare danger"
            onClick={doing(() => composing.takeBack(event))}
          >
            {t('takeBack')}
          </button>
        )}
      </div>
    </details>
  );
};
