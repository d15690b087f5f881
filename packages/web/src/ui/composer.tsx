import './composer.css';
import type { Conversation } from '@partyline/client';
import { authorOf } from '@partyline/client';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../text/locale.ts';
import { useApp } from './app-context.ts';
import { Icon } from './icon.tsx';

const MOST_ROWS = 8;
const TEXT_CHARACTERS = 8_000;

const rowsOf = (text: string): number => Math.min(MOST_ROWS, text.split('\n').length);

/** Where one writes. It keeps its own text, so that a key press renders nothing else. */
export const Composer = ({ conversation }: { conversation: Conversation }) => {
  const app = useApp();
  const input = useRef<HTMLTextAreaElement>(null);
  const { key, kind, name } = conversation;
  const draft = app.drafts.get(key) ?? '';
  const label = t('messageTo', { name: kind === 'room' ? `#${name}` : name });

  const about = app.about.value?.key === key ? app.about.value : undefined;
  useEffect(() => {
    const area = input.current;
    if (about === undefined || area === null) return;
    if (about.what === 'edit') {
      area.value = about.text;
      area.rows = rowsOf(about.text);
    }
    area.focus();
  }, [about]);
  const letGo = (): void => {
    if (about?.what === 'edit' && input.current) input.current.value = app.drafts.get(key) ?? '';
    app.letGo();
  };

  useEffect(() => {
    // On a touch screen the keyboard would jump up with every change of conversation.
    if (matchMedia('(pointer: fine)').matches) input.current?.focus();
  }, []);

  const send = (): void => {
    const area = input.current;
    const text = area?.value.trim() ?? '';
    if (area === null || text === '') return;
    area.value = '';
    area.rows = 1;
    if (about?.what === 'edit') area.value = app.drafts.get(key) ?? '';
    else app.drafts.delete(key);
    app.speak(text);
  };

  const scrollMessages = (pages: number): void => {
    const list = document.getElementById('messages');
    list?.scrollBy({ top: pages * list.clientHeight * 0.9 });
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape' && about !== undefined) {
      event.preventDefault();
      letGo();
    } else if (event.key === 'PageUp' || event.key === 'PageDown') {
      event.preventDefault();
      scrollMessages(event.key === 'PageUp' ? -1 : 1);
    }
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
        input.current?.focus();
      }}
    >
      {about !== undefined && (
        <div class="about" role="status">
          <span>
            {about.what === 'edit'
              ? t('editing', { text: about.text })
              : t('replyingTo', { nick: authorOf(about.event), text: about.text })}
          </span>
          <button type="button" title={t('cancel')} aria-label={t('cancel')} onClick={letGo}>
            <Icon name="close" />
          </button>
        </div>
      )}
      <textarea
        id="composer"
        ref={input}
        rows={rowsOf(draft)}
        defaultValue={draft}
        maxLength={TEXT_CHARACTERS}
        placeholder={label}
        aria-label={label}
        enterkeyhint="send"
        dir="auto"
        onKeyDown={onKeyDown}
        onInput={({ currentTarget: area }) => {
          area.rows = rowsOf(area.value);
          if (about?.what !== 'edit') app.drafts.set(key, area.value);
          if (area.value.trim() !== '' && !area.value.startsWith('/')) app.typed();
        }}
      />
      <button type="submit" class="primary square" title={t('send')} aria-label={t('send')}>
        <Icon name="send" />
      </button>
    </form>
  );
};
