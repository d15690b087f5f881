import { type Locale, locales } from '@partyline/protocol';

type Environment = Readonly<Record<string, string | undefined>>;

/** The language that the environment asks for: PARTYLINE_LOCALE, else that of the terminal (POSIX `LC_ALL`, `LC_MESSAGES`, `LANG`). */
export const localeOf = (env: Environment): Locale => {
  const known = locales.find((it) => it === env.PARTYLINE_LOCALE);
  if (known !== undefined) return known;
  const tag = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^zh/i.test(tag) ? 'zh-CN' : 'en';
};
