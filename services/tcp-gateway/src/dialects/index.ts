import type { Locale } from '@partyline/protocol';
import { ircOnStream } from './irc.ts';
import { jsonOnStream } from './json.ts';
import { rawOnStream } from './raw.ts';
import type { StreamDialect } from './stream-dialect.ts';
import { textOnStream } from './text.ts';

/** Every dialect that a listener can speak. A new one is a folder here and a line in this table. */
export const dialects = {
  text: textOnStream,
  json: jsonOnStream,
  raw: rawOnStream,
  irc: ircOnStream,
} as const satisfies Record<string, (locale: Locale) => StreamDialect>;

export type DialectName = keyof typeof dialects;
