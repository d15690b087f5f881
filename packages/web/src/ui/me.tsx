import { t } from '../text/locale.ts';
import { useApp } from './app-context.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';

/** Who one is, with the way to all that can be set about that. */
export const Me = () => {
  const app = useApp();
  const { me, away } = app.talk.value;
  return (
    <div class="me">
      <button
        type="button"
        class="bare go"
        title={t('yourSettings')}
        onClick={() => {
          app.dialog.value = { is: 'you' };
        }}
      >
        <Avatar nick={me} />
        <span class="name">
          <bdi>{me}</bdi>
          {away !== undefined && <span class="quiet"> {t('isAway')}</span>}
        </span>
        <Icon name="settings" />
        <span class="unseen">{t('yourSettings')}</span>
      </button>
    </div>
  );
};
