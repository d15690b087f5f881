import { locale, t } from '../text/locale.ts';
import type { TextKey } from '../text/texts.ts';
import { Icon } from './icon.tsx';
import { nextTheme, type Theme, theme } from './theme.ts';

const themeNames: Readonly<Record<Theme, TextKey>> = {
  auto: 'themeAuto',
  light: 'themeLight',
  dark: 'themeDark',
};

/** The page's colours and language. */
export const PageSettings = () => {
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
