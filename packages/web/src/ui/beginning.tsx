import type { Conversation } from '@partyline/client';
import { t } from '../text/locale.ts';
import { useApp } from './app-context.ts';

type Props = { readonly conversation: Conversation; readonly isEmpty: boolean };

/** What stands above the first message that is here. */
export const Beginning = ({ conversation, isEmpty }: Props) => {
  const { reading } = useApp();
  const { kind, name, timeline, loading } = conversation;
  const isRoom = kind === 'room';
  if (!timeline.complete)
    return (
      <div class="beginning">
        <button type="button" disabled={loading} onClick={reading.older}>
          {loading ? t('loading') : t('loadOlder')}
        </button>
      </div>
    );
  return (
    <div class="beginning">
      <p class="beginning-title">
        {isRoom ? t('beginRoom', { room: name }) : t('beginPrivate', { nick: name })}
      </p>
      {isEmpty && (
        <p class="quiet">{isRoom ? t('emptyRoom') : t('emptyPrivate', { nick: name })}</p>
      )}
    </div>
  );
};
