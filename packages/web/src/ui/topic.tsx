import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../text/locale.ts';
import { useApp } from './app-context.ts';
import { Icon } from './icon.tsx';

/** A room's topic, and the way to change it. */
export const Topic = ({ room, topic }: { room: string; topic: string }) => {
  const app = useApp();
  const editing = useSignal(false);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (editing.value) input.current?.select();
  }, [editing.value]);

  const change = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = input.current?.value.trim() ?? '';
    if (text !== topic) app.setTopic(text);
    editing.value = false;
  };

  if (editing.value)
    return (
      <form class="topic editing" onSubmit={change}>
        <input
          ref={input}
          defaultValue={topic}
          maxLength={500}
          aria-label={t('topicLabel', { room })}
          onKeyDown={(event) => {
            if (event.key === 'Escape') editing.value = false;
          }}
        />
        <button type="submit" class="primary">
          {t('save')}
        </button>
      </form>
    );
  return (
    <div class="topic">
      <p class="quiet" title={topic}>
        {topic || t('noTopic')}
      </p>
      <button
        type="button"
        class="bare square"
        title={t('editTopic')}
        aria-label={t('editTopic')}
        onClick={() => {
          editing.value = true;
        }}
      >
        <Icon name="edit" />
      </button>
    </div>
  );
};
