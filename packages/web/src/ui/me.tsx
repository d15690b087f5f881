import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../text/locale.ts';
import { useApp } from './app-context.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';

/** Who one is, with the way to another nickname and the way out. */
export const Me = () => {
  const app = useApp();
  const editing = useSignal(false);
  const input = useRef<HTMLInputElement>(null);
  const { me } = app.talk.value;

  useEffect(() => {
    if (editing.value) input.current?.select();
  }, [editing.value]);

  const rename = (event: SubmitEvent): void => {
    event.preventDefault();
    const nick = input.current?.value.trim() ?? '';
    if (nick !== '' && nick !== me) app.rename(nick);
    editing.value = false;
  };

  if (editing.value)
    return (
      <form class="me" onSubmit={rename}>
        <input
          ref={input}
          defaultValue={me}
          maxLength={32}
          autoCapitalize="off"
          autoComplete="off"
          spellcheck={false}
          aria-label={t('nickname')}
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
    <div class="me">
      <button
        type="button"
        class="bare go"
        title={t('changeNick')}
        onClick={() => {
          editing.value = true;
        }}
      >
        <Avatar nick={me} />
        <bdi class="name">{me}</bdi>
        <Icon name="edit" />
        <span class="unseen">{t('changeNick')}</span>
      </button>
      <button
        type="button"
        class="bare square"
        title={t('leave')}
        aria-label={t('leave')}
        onClick={app.leave}
      >
        <Icon name="leave" />
      </button>
    </div>
  );
};
