import { nickKey } from '@partyline/client';

const HUES = 12;

/** The class that gives a person their colour: the same everywhere and always. */
export const hueClass = (nick: string): string => {
  let hash = 7;
  for (const char of nickKey(nick)) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) | 0;
  return `hue-${Math.abs(hash) % HUES}`;
};
