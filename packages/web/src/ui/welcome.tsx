import './welcome.css';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { setting, storage } from '../state/memory.ts';
import { t } from '../text/locale.ts';
import { useApp } from './app-context.ts';
import logo from './logo.svg';
import { QuickSettings } from './page-settings.tsx';

const NICK_CHARACTERS = 32;
const PASSWORD_CHARACTERS = 256;

/** The way in: a nickname is all it takes. */
export const Welcome = ({ name }: { name: string }) => {
  const app = useApp();
  const input = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const isRegistered = useSignal(false);
  const { phase, nick } = app.line.value;
  const saved = setting(storage('localStorage'), 'nick');
  const trying = phase.is !== 'out';
  const reason = phase.is === 'out' ? phase.reason : undefined;

  useEffect(() => {
    if (trying) return;
    input.current?.focus();
    input.current?.select();
  }, [trying, reason]);

  const enter = (event: SubmitEvent): void => {
    event.preventDefault();
    const chosen = input.current?.value.trim() ?? '';
    if (chosen === '') return;
    saved.write(chosen);
    const secret = password.current?.value ?? '';
    app.account.enter(chosen, secret === '' ? undefined : secret);
  };

  const asksPassword =
    isRegistered.value ||
    app.line.value.password !== undefined ||
    reason?.code === 'nick-registered';
  const slow = phase.is === 'waiting' || (phase.is === 'connecting' && phase.attempt > 0);
  return (
    <div class="welcome">
      <main class="welcome-card">
        <img class="welcome-logo" src={logo} alt="" width="56" height="56" />
        <h1>{name}</h1>
        <p class="welcome-tagline">{t('tagline')}</p>
        <form onSubmit={enter} noValidate>
          <label for="nickname">{t('nickname')}</label>
          <div class="welcome-field">
            <input
              id="nickname"
              ref={input}
              defaultValue={nick || (saved.read() ?? '')}
              maxLength={NICK_CHARACTERS}
              autoComplete="username"
              autoCapitalize="off"
              spellcheck={false}
              required
              readOnly={trying}
              aria-invalid={reason !== undefined}
              aria-describedby={reason ? 'nickname-reason' : 'nickname-hint'}
            />
            <button type="submit" class="primary" disabled={trying}>
              {trying ? t('entering') : t('enter')}
            </button>
          </div>
          {asksPassword ? (
            <div class="welcome-password">
              <label for="password">{t('password')}</label>
              <input
                id="password"
                ref={password}
                type="password"
                autoComplete="current-password"
                maxLength={PASSWORD_CHARACTERS}
                readOnly={trying}
                aria-describedby="password-hint"
              />
              <p id="password-hint" class="quiet">
                {t('passwordHint')}
              </p>
            </div>
          ) : (
            <button
              type="button"
              class="bare link"
              onClick={() => {
                isRegistered.value = true;
              }}
            >
              {t('withPassword')}
            </button>
          )}
          <p id="nickname-hint" class="quiet" hidden={reason !== undefined}>
            {t('nicknameHint')}
          </p>
          <p id="nickname-reason" class="welcome-reason" role="alert">
            {reason?.message}
          </p>
          <p class="quiet" role="status">
            {slow ? t('wait') : ''}
          </p>
        </form>
      </main>
      <QuickSettings />
    </div>
  );
};
