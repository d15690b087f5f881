import { signal } from '@preact/signals';
import { type TextKey, texts } from './texts.ts';

export type Locale = 'en' | 'zh-CN';

/** The language of the page; whatever shows a text follows it. */
export const locale = signal<Locale>('en');

/** The language among ours that a list of language tags asks for first. */
export const chooseLocale = (tags: readonly string[]): Locale => {
  for (const tag of tags) {
    if (/^zh\b/i.test(tag)) return 'zh-CN';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'en';
};

/** A text in the language of the page. */
export const t = (key: TextKey, params?: Readonly<Record<string, string | number>>): string => {
  const text = texts[key][locale.value === 'zh-CN' ? 'zh' : 'en'];
  return params === undefined
    ? text
    : text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
};
