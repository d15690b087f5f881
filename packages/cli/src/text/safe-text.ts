import { cleanText, terminalText } from '@partyline/protocol';

/** What others wrote, without anything that could move the cursor or reorder a line: LF is all that is left of control. */
export const safeText = (text: string): string =>
  terminalText(cleanText(text)).replaceAll('\t', ' ');

/** The same on one line. */
export const safeLine = (text: string): string => safeText(text).replaceAll('\n', ' ');
