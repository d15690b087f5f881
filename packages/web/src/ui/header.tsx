import './header.css';
import type { Conversation } from '@partyline/client';
import { t } from '../text/locale.ts';
import { useApp } from './app-context.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';
import { Topic } from './topic.tsx';

type Props = {
  readonly conversation: Conversation;
  readonly onRooms: () => void;
  readonly onPeople: () => void;
};

/** What is open, and the ways to the rest on a narrow screen. */
export const Header = ({ conversation, onRooms, onPeople }: Props) => {
  const app = useApp();
  const { kind, name, memberCount, standing } = conversation;
  const elsewhere = app.reading.unread.value > 0;
  return (
    <header class="header">
      <button
        type="button"
        class="bare square only-narrow"
        aria-label={t('showRooms')}
        data-news={elsewhere}
        onClick={onRooms}
      >
        <Icon name="menu" />
      </button>
      {kind === 'private' && <Avatar nick={name} />}
      <h1>
        {kind === 'room' && (
          <span class="hash" aria-hidden="true">
            #
          </span>
        )}
        <bdi>{name}</bdi>
        {standing?.visibility === 'private' && (
          <span class="room-mark" title={t('isPrivate')}>
            <Icon name="lock" />
            <span class="unseen">{t('isPrivate')}</span>
          </span>
        )}
        {standing?.speak === 'moderators' && (
          <span class="room-mark" title={t('isReadOnly')}>
            <Icon name="mute" />
            <span class="unseen">{t('isReadOnly')}</span>
          </span>
        )}
      </h1>
      {kind === 'room' ? (
        <Topic key={name} room={name} topic={conversation.topic} />
      ) : (
        <p class="quiet topic">{t('privateWith', { nick: name })}</p>
      )}
      <div class="header-actions">
        <button
          type="button"
          class="bare square"
          title={`${t('find')} (Ctrl+K)`}
          aria-label={t('find')}
          onClick={() => {
            app.dialog.value = { is: 'find', words: '' };
          }}
        >
          <Icon name="search" />
        </button>
        {kind === 'room' && (
          <button
            type="button"
            class="bare square"
            title={t('aboutRoom')}
            aria-label={t('aboutRoom')}
            onClick={() => {
              app.dialog.value = { is: 'room' };
            }}
          >
            <Icon name="info" />
          </button>
        )}
        {kind === 'room' && (
          <button
            type="button"
            class="bare only-not-wide count"
            aria-label={`${t('showPeople')}: ${memberCount}`}
            onClick={onPeople}
          >
            <Icon name="people" />
            {memberCount}
          </button>
        )}
      </div>
    </header>
  );
};
