import { effect, signal } from '@preact/signals';
import { type Store, setting } from '../state/memory.ts';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Which colours the page has; `auto` follows the system. */
export const theme = signal<Theme>('auto');

/** Takes the theme chosen on an earlier visit, and keeps what is chosen from now on. */
export const startTheme = (store: Store): void => {
  const chosen = setting<Theme>(store, 'theme', themes);
  theme.value = chosen.read() ?? 'auto';
  effect(() => {
    document.documentElement.dataset.theme = theme.value;
    chosen.write(theme.value);
  });
};

export const nextTheme = (): void => {
  theme.value = themes[(themes.indexOf(theme.value) + 1) % themes.length] ?? 'auto';
};
