import type { SpokenFrame } from '@partyline/client';
import { t } from '../text/locale.ts';
import { useApp } from './app-context.ts';

/** What is offered; others can be sent from other wires. */
const offered = ['👍', '❤️', '😂', '🎉'];

type Props = {
  readonly event: SpokenFrame;
  /** Its text now. */
  readonly text: string;
  readonly mine: boolean;
};

/** What can be done about a message: a small menu, opened by mouse or keyboard. */
export const MessageActions = ({ event, text, mine }: Props) => {
  const app = useApp();
  const doing = (act: () => void) => (click: MouseEvent) => {
    (click.currentTarget as Element).closest('details')?.removeAttribute('open');
    act();
  };
  return (
    <details
      class="actions"
      onKeyDown={(key) => {
        if (key.key === 'Escape') key.currentTarget.open = false;
      }}
    >
      <summary aria-label={t('actions')} title={t('actions')}>
        ⋯
      </summary>
      <div class="actions-menu">
        {offered.map((reaction) => (
          <button
            key={reaction}
            type="button"
            aria-label={t('react', { reaction })}
            onClick={doing(() => app.react(event, reaction, false))}
          >
            {reaction}
          </button>
        ))}
        <button type="button" onClick={doing(() => app.refer('reply', event, text))}>
          {t('reply')}
        </button>
        {mine && (
          <button type="button" onClick={doing(() => app.refer('edit', event, text))}>
            {t('edit')}
          </button>
        )}
        {mine && (
          <button type="button" onClick={doing(() => app.takeBack(event))}>
            {t('takeBack')}
          </button>
        )}
      </div>
    </details>
  );
};
