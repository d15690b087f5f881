import './you-dialog.css';
import { useRef } from 'preact/hooks';
import { t } from '../../text/locale.ts';
import { useApp } from '../app-context.ts';
import { Avatar } from '../avatar.tsx';
import { PageSettings } from '../page-settings.tsx';
import { Refusal } from './field.tsx';
import { Modal } from './modal.tsx';

const NICK_CHARACTERS = 32;
const AWAY_CHARACTERS = 256;
const PASSWORD_CHARACTERS = 256;

/** Who one is, whether one reads, and how the page is. */
export const YouDialog = () => {
  const app = useApp();
  const { account } = app;
  const { me } = app.talk.value;
  return (
    <Modal title={t('yourSettings')} sign={<Avatar nick={me} />}>
      <Refusal text={account.refusal.value} />
      <NickForm key={me} me={me} />
      <AwayForm />
      <details>
        <summary>{account.isOwn.value ? t('changePassword') : t('keepNick', { nick: me })}</summary>
        <RegisterForm nick={me} />
      </details>
      {!account.isOwn.value && (
        <details>
          <summary>{t('takeNick')}</summary>
          <IdentifyForm />
        </details>
      )}
      <section aria-labelledby="page-title">
        <h3 id="page-title">{t('thisPage')}</h3>
        <PageSettings />
      </section>
      <footer class="row">
        <button
          type="button"
          class="danger"
          onClick={() => {
            app.dialog.value = { is: 'none' };
            app.leave();
          }}
        >
          {t('leave')}
        </button>
      </footer>
    </Modal>
  );
};

const NickForm = ({ me }: { me: string }) => {
  const { account } = useApp();
  const input = useRef<HTMLInputElement>(null);
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        const nick = input.current?.value.trim() ?? '';
        if (nick !== '' && nick !== me) account.rename(nick);
      }}
    >
      <label class="field">
        <span>{t('nickname')}</span>
        <input
          ref={input}
          defaultValue={me}
          maxLength={NICK_CHARACTERS}
          autoCapitalize="off"
          autoComplete="off"
          spellcheck={false}
        />
      </label>
      <button type="submit">{t('change')}</button>
    </form>
  );
};

const AwayForm = () => {
  const app = useApp();
  const input = useRef<HTMLInputElement>(null);
  const { away } = app.talk.value;
  if (away !== undefined)
    return (
      <div class="row">
        <p class="grow">{away ? t('youAreAwayWhy', { text: away }) : t('youAreAway')}</p>
        <button type="button" onClick={app.account.back}>
          {t('comeBackHere')}
        </button>
      </div>
    );
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        app.account.away(input.current?.value.trim() ?? '');
      }}
    >
      <label class="field">
        <span>{t('presence')}</span>
        <input ref={input} placeholder={t('awayText')} maxLength={AWAY_CHARACTERS} />
      </label>
      <button type="submit">{t('goAway')}</button>
    </form>
  );
};

const RegisterForm = ({ nick }: { nick: string }) => {
  const { account } = useApp();
  const password = useRef<HTMLInputElement>(null);
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        account.register(password.current?.value ?? '');
        if (password.current) password.current.value = '';
      }}
    >
      <input
        class="unseen"
        autoComplete="username"
        value={nick}
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      <label class="field">
        <span>{t('password')}</span>
        <input
          ref={password}
          type="password"
          autoComplete="new-password"
          maxLength={PASSWORD_CHARACTERS}
          required
        />
      </label>
      <button type="submit">{account.isOwn.value ? t('change') : t('register')}</button>
      <p class="quiet">{t('keepNickHint')}</p>
    </form>
  );
};

const IdentifyForm = () => {
  const { account } = useApp();
  const nick = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        account.identify(nick.current?.value.trim() ?? '', password.current?.value ?? '');
      }}
    >
      <label class="field">
        <span>{t('nickname')}</span>
        <input
          ref={nick}
          autoComplete="username"
          autoCapitalize="off"
          maxLength={NICK_CHARACTERS}
          required
        />
      </label>
      <label class="field">
        <span>{t('password')}</span>
        <input
          ref={password}
          type="password"
          autoComplete="current-password"
          maxLength={PASSWORD_CHARACTERS}
          required
        />
      </label>
      <button type="submit">{t('identify')}</button>
    </form>
  );
};
