import type { Style } from './line.ts';

export const themeNames = ['dark', 'light', 'plain'] as const;
export type ThemeName = (typeof themeNames)[number];

/** How each style looks: the parameters of SGR (ECMA-48 §8.3.117). */
export type Theme = { readonly [S in Style]: string };

/** Without colours: for NO_COLOR, and for who wants it calm. */
const plain: Theme = {
  text: '',
  quiet: '2',
  bar: '7',
  barStrong: '1;7',
  barAlarm: '1;7',
  current: '1;7',
  unread: '1',
  mention: '1',
  error: '1',
  mine: '1',
  rule: '2',
  nick0: '1',
  nick1: '1',
  nick2: '1',
  nick3: '1',
  nick4: '1',
  nick5: '1',
};

/** Colours of 256, so that they look the same whatever the terminal makes of its sixteen. */
const themes: { readonly [N in ThemeName]: Theme } = {
  plain,
  dark: {
    ...plain,
    quiet: '38;5;245',
    bar: '38;5;252;48;5;236',
    barStrong: '1;38;5;231;48;5;236',
    barAlarm: '1;38;5;222;48;5;236',
    current: '1;38;5;231;48;5;24',
    unread: '1;38;5;222',
    mention: '1;38;5;222',
    error: '38;5;210',
    mine: '1;38;5;153',
    rule: '38;5;239',
    nick0: '38;5;114',
    nick1: '38;5;180',
    nick2: '38;5;176',
    nick3: '38;5;80',
    nick4: '38;5;210',
    nick5: '38;5;147',
  },
  light: {
    ...plain,
    quiet: '38;5;242',
    bar: '38;5;236;48;5;254',
    barStrong: '1;38;5;232;48;5;254',
    barAlarm: '1;38;5;130;48;5;254',
    current: '1;38;5;231;48;5;25',
    unread: '1;38;5;130',
    mention: '1;38;5;130',
    error: '38;5;124',
    mine: '1;38;5;25',
    rule: '38;5;250',
    nick0: '38;5;28',
    nick1: '38;5;94',
    nick2: '38;5;90',
    nick3: '38;5;30',
    nick4: '38;5;125',
    nick5: '38;5;61',
  },
};

export const themeOf = (name: ThemeName): Theme => themes[name];

type Environment = Readonly<Record<string, string | undefined>>;

/** The theme that the environment asks for: PARTYLINE_THEME; NO_COLOR (https://no-color.org); the background that COLORFGBG tells. */
export const themeFor = (env: Environment): ThemeName => {
  const asked = themeNames.find((it) => it === env.PARTYLINE_THEME);
  if (asked !== undefined) return asked;
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return 'plain';
  const background = Number(env.COLORFGBG?.split(';').at(-1));
  return background === 7 || background === 15 ? 'light' : 'dark';
};
