import { useEffect } from 'preact/hooks';
import { type NotifyChoice, notifyChoices } from '../state/notifying.ts';
import { type Locale, locale, t } from '../text/locale.ts';
import type { TextKey } from '../text/texts.ts';
import { useApp } from './app-context.ts';
import { Choice } from './dialogs/field.tsx';
import { Icon } from './icon.tsx';
import { nextTheme, type Theme, theme, themes } from './theme.ts';

const themeNames: Readonly<Record<Theme, TextKey>> = {
  auto: 'themeAuto',
  light: 'themeLight',
  dark: 'themeDark',
};
const notifyNames: Readonly<Record<NotifyChoice, TextKey>> = {
  none: 'notifyNone',
  mine: 'notifyMine',
  all: 'notifyAll',
};
const localeNames: readonly (readonly [Locale, string])[] = [
  ['en', 'English'],
  ['zh-CN', '中文'],
];

/** The page's language, colours and notifications. */
export const PageSettings = () => {
  const { notifying } = useApp();
  const hindrance = notifying.hindrance.value;
  useEffect(notifying.look, []);
  return (
    <div class="fields">
      <Choice
        label={t('language')}
        value={locale.value}
        options={localeNames}
        onChoose={(it) => {
          locale.value = it;
        }}
      />
      <Choice
        label={t('colours')}
        value={theme.value}
        options={themes.map((it) => [it, t(themeNames[it])])}
        onChoose={(it) => {
          theme.value = it;
        }}
      />
      <Choice
        label={t('notifications')}
        value={notifying.choice.value}
        options={notifyChoices.map((it) => [it, t(notifyNames[it])])}
        onChoose={notifying.choose}
      />
      {hindrance && <p class="quiet">{t(hindrance)}</p>}
    </div>
  );
};

/** The page's colours and language, in little room. */
export const QuickSettings = () => {
  const label = t('theme', { theme: t(themeNames[theme.value]) });
  const other = locale.value === 'en' ? 'zh-CN' : 'en';
  return (
    <div class="page-settings">
      <button
        type="button"
        class="bare"
        lang={other}
        onClick={() => {
          locale.value = other;
        }}
      >
        {t('otherLanguage')}
      </button>
      <button
        type="button"
        class="bare square"
        title={label}
        aria-label={label}
        onClick={nextTheme}
      >
        <Icon name={theme.value} />
      </button>
    </div>
  );
};
