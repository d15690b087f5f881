import './rooms-dialog.css';
import { isPairRoom, roomKey } from '@partyline/client';
import { useRef } from 'preact/hooks';
import { t } from '../../text/locale.ts';
import { useApp } from '../app-context.ts';
import { Icon } from '../icon.tsx';
import { Modal } from './modal.tsx';

const ROOM_CHARACTERS = 64;

/** All rooms of the server, to join one or make another. */
export const RoomsDialog = () => {
  const app = useApp();
  const input = useRef<HTMLInputElement>(null);
  const { conversations } = app.talk.value;
  const others = (app.rooms.all.value ?? []).filter(
    ({ room }) => !isPairRoom(room) && !conversations.has(roomKey(room)),
  );
  const join = (room: string): void => {
    if (room.trim() === '') return;
    app.dialog.value = { is: 'none' };
    app.rooms.go(room);
  };

  return (
    <Modal title={t('roomsTitle')}>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          join(input.current?.value ?? '');
        }}
      >
        <input
          ref={input}
          aria-label={t('roomName')}
          placeholder={t('roomName')}
          aria-describedby="rooms-hint"
          maxLength={ROOM_CHARACTERS}
          autoCapitalize="off"
          autoComplete="off"
          spellcheck={false}
        />
        <button type="submit" class="primary">
          {t('joinRoom')}
        </button>
      </form>
      <p class="quiet" id="rooms-hint">
        {t('roomsHint')}
      </p>
      {others.length > 0 ? (
        <ul class="rooms-list">
          {others.map(({ room, members, topic, visibility }) => (
            <li key={room}>
              <button type="button" class="bare" onClick={() => join(room)}>
                <span class="room-name">
                  <span class="hash" aria-hidden="true">
                    #
                  </span>
                  <bdi>{room}</bdi>
                  {visibility === 'private' && <Icon name="lock" />}
                </span>
                <span class="quiet">{t('peopleCount', { n: members })}</span>
                {topic && <span class="quiet room-topic">{topic}</span>}
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <p class="quiet">{t('noRooms')}</p>
      )}
    </Modal>
  );
};
