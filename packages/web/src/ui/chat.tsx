import './chat.css';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../text/locale.ts';
import { Announcer } from './announcer.tsx';
import { useApp } from './app-context.ts';
import { Banner } from './banner.tsx';
import { Composer } from './composer.tsx';
import { OpenDialog } from './dialogs/index.tsx';
import { DropZone } from './drop-zone.tsx';
import { Header } from './header.tsx';
import { MessageList } from './message-list.tsx';
import { People } from './people.tsx';
import { Sidebar } from './sidebar.tsx';
import { TypingNotice } from './typing-notice.tsx';
import { UploadTray } from './upload-tray.tsx';

/** What lies over the messages on a narrow screen. */
export type Drawer = 'none' | 'rooms' | 'people';

/** The conversations. */
export const Chat = ({ name }: { name: string }) => {
  const app = useApp();
  const drawer = useSignal<Drawer>('none');
  const opener = useRef<HTMLElement | null>(null);
  const current = app.current.value;

  const open = (which: Drawer): void => {
    opener.current = document.activeElement as HTMLElement | null;
    drawer.value = which;
  };
  const shut = (): void => {
    if (drawer.value === 'none') return;
    drawer.value = 'none';
    opener.current?.focus();
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (app.dialog.peek().is !== 'none') return;
      if (event.key === 'Escape') shut();
      else if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
        event.preventDefault();
        if (event.shiftKey) app.reading.goToNews();
        else app.reading.goBy(event.key === 'ArrowDown' ? 1 : -1);
      } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        app.dialog.value = { is: 'find', words: '' };
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  useEffect(() => {
    if (drawer.value !== 'none')
      document.querySelector<HTMLElement>(`#${drawer.value} button`)?.focus();
  }, [drawer.value]);

  return (
    <div class="chat" data-drawer={drawer.value}>
      <a class="skip" href="#messages">
        {t('skipToMessages')}
      </a>
      <a class="skip" href="#composer">
        {t('skipToComposer')}
      </a>
      <Sidebar name={name} onChoose={shut} />
      <main class="talk" inert={drawer.value !== 'none'}>
        {current && (
          <>
            <Header
              conversation={current}
              onRooms={() => open('rooms')}
              onPeople={() => open('people')}
            />
            <Banner />
            <MessageList key={current.key} conversation={current} />
            <Announcer key={`${current.key} announcer`} />
            <TypingNotice room={current.room} />
            <UploadTray conversation={current.key} />
            <Composer key={`${current.key} composer`} conversation={current} />
            <DropZone name={current.kind === 'room' ? `#${current.name}` : current.name} />
          </>
        )}
      </main>
      {current?.kind === 'room' && <People conversation={current} onChoose={shut} />}
      <button type="button" class="backdrop" aria-label={t('close')} tabIndex={-1} onClick={shut} />
      <OpenDialog />
    </div>
  );
};
