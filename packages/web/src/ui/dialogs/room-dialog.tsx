import './room-dialog.css';
import type { Conversation } from '@partyline/client';
import { useEffect, useRef } from 'preact/hooks';
import { isAtLeast } from '../../state/running.ts';
import { t } from '../../text/locale.ts';
import { useApp } from '../app-context.ts';
import { Line } from '../words.tsx';
import { Bans } from './bans.tsx';
import { Refusal } from './field.tsx';
import { Invitations } from './invitations.tsx';
import { Modal } from './modal.tsx';
import { RoomSettings } from './room-settings.tsx';

const TOPIC_CHARACTERS = 500;

const TopicForm = ({ topic }: { topic: string }) => {
  const app = useApp();
  const input = useRef<HTMLInputElement>(null);
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        const text = input.current?.value.trim() ?? '';
        if (text !== topic) app.setTopic(text);
      }}
    >
      <label class="field">
        <span>{t('topic')}</span>
        <input ref={input} defaultValue={topic} maxLength={TOPIC_CHARACTERS} />
      </label>
      <button type="submit">{t('change')}</button>
    </form>
  );
};

/** What a room is, and for those who run it the ways to. */
export const RoomDialog = ({ conversation }: { conversation: Conversation }) => {
  const app = useApp();
  const { name, topic, standing, key, memberCount } = conversation;
  const role = standing?.role;

  useEffect(() => app.running.askStanding(name), [name]);

  return (
    <Modal title={t('roomSettings', { room: name })}>
      <p class="room-about">
        {topic ? <Line text={topic} /> : <span class="quiet">{t('noTopic')}</span>}
      </p>
      <p class="quiet">
        {t('peopleCount', { n: memberCount })}
        {role && role !== 'member' && ` · ${t('yourRole', { role: t(role) })}`}
      </p>
      <TopicForm key={topic} topic={topic} />
      <Refusal text={app.running.refusal.value} />
      {standing && <RoomSettings room={name} standing={standing} />}
      {isAtLeast(role, 'owner') && <Invitations room={name} />}
      {isAtLeast(role, 'moderator') && <Bans room={name} />}
      <footer class="row">
        <button
          type="button"
          class="danger"
          onClick={() => {
            app.dialog.value = { is: 'none' };
            app.close(key);
          }}
        >
          {t('leaveRoom', { room: name })}
        </button>
      </footer>
    </Modal>
  );
};
