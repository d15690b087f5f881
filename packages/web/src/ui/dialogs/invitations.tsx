import { useRef } from 'preact/hooks';
import { t } from '../../text/locale.ts';
import { useApp } from '../app-context.ts';

/** Letting people into a room, or no longer. */
export const Invitations = ({ room }: { room: string }) => {
  const { running } = useApp();
  const input = useRef<HTMLInputElement>(null);
  const invite = (remove: boolean): void => {
    const nickname = input.current?.value.trim() ?? '';
    if (nickname === '' || input.current === null) return;
    running.request({ type: 'invite', room, nickname, ...(remove && { remove }) });
    input.current.value = '';
  };
  return (
    <section aria-labelledby="invite-title">
      <h3 id="invite-title">{t('whoIsInvited')}</h3>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          invite(false);
        }}
      >
        <input
          ref={input}
          aria-label={t('nickname')}
          placeholder={t('nickname')}
          maxLength={32}
          autoCapitalize="off"
          autoComplete="off"
          spellcheck={false}
        />
        <button type="submit">{t('invite')}</button>
        <button type="button" onClick={() => invite(true)}>
          {t('uninvite')}
        </button>
      </form>
    </section>
  );
};
