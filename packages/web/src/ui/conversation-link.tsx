import { type Conversation, unread } from '@partyline/client';
import { t } from '../text/locale.ts';
import { useApp } from './app-context.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';

type Props = {
  readonly conversation: Conversation;
  readonly isCurrent: boolean;
  /** Of a private one: whether the other is online; undefined when that isn't known. */
  readonly isHere?: boolean | undefined;
  readonly onChoose: () => void;
};

const MOST_SHOWN = 99;

/** One conversation in the list of them. */
export const ConversationLink = ({ conversation, isCurrent, isHere, onChoose }: Props) => {
  const app = useApp();
  const { key, kind, name } = conversation;
  const news = unread(conversation);
  const closeLabel =
    kind === 'room' ? t('leaveRoom', { room: name }) : t('closePrivate', { nick: name });
  return (
    <li class="conversation-link" data-kind={kind} data-unread={news > 0}>
      <button
        type="button"
        class="bare go"
        aria-current={isCurrent ? 'page' : undefined}
        onClick={() => {
          app.reading.go(key);
          onChoose();
        }}
      >
        {kind === 'room' ? (
          <span class="hash" aria-hidden="true">
            #
          </span>
        ) : (
          <Avatar nick={name} />
        )}
        <bdi class="name">{name}</bdi>
        {isHere === false && <span class="quiet away">{t('offline')}</span>}
        {news > 0 && (
          <span class="badge">
            <span aria-hidden="true">{news > MOST_SHOWN ? `${MOST_SHOWN}+` : news}</span>
            <span class="unseen">{t('unreadCount', { n: news })}</span>
          </span>
        )}
      </button>
      <button
        type="button"
        class="bare square close"
        aria-label={closeLabel}
        title={closeLabel}
        onClick={() => app.close(key)}
      >
        <Icon name="close" />
      </button>
    </li>
  );
};
