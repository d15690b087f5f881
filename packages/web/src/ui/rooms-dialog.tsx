import './rooms-dialog.css';
import { isPairRoom, roomKey } from '@partyline/client';
import type { Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../text/locale.ts';
import { useApp } from './app-context.ts';
import { Icon } from './icon.tsx';

/** All rooms of the server, to join one or make another. */
export const RoomsDialog = ({ open }: { open: Signal<boolean> }) => {
  const app = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const { conversations } = app.talk.value;
  const others = (app.rooms.value ?? []).filter(
    ({ room }) => !isPairRoom(room) && !conversations.has(roomKey(room)),
  );

  useEffect(() => {
    if (open.value) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open.value]);

  const shut = (): void => {
    open.value = false;
  };
  const join = (room: string): void => {
    if (room.trim() === '') return;
    shut();
    app.goRoom(room);
  };

  return (
    <dialog ref={dialog} aria-labelledby="rooms-title" onClose={shut}>
      <header>
        <h2 id="rooms-title">{t('roomsTitle')}</h2>
        <button type="button" class="bare square" aria-label={t('close')} onClick={shut}>
          <Icon name="close" />
        </button>
      </header>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          join(input.current?.value ?? '');
          if (input.current) input.current.value = '';
        }}
      >
        <input
          ref={input}
          aria-label={t('roomName')}
          placeholder={t('roomName')}
          aria-describedby="rooms-hint"
          maxLength={64}
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
        <ul>
          {others.map(({ room, members, topic }) => (
            <li key={room}>
              <button type="button" class="bare" onClick={() => join(room)}>
                <span class="room-name">
                  <span class="hash" aria-hidden="true">
                    #
                  </span>
                  <bdi>{room}</bdi>
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
    </dialog>
  );
};
