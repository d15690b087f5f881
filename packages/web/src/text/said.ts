import type { SharedFile, SpokenFrame } from '@partyline/client';

/** The file that a message tells of. */
export const fileOf = ({ card }: SpokenFrame): SharedFile | undefined =>
  card?.type === 'file' ? card.file : undefined;

/** What was said with a file: all but the line that tells of the file itself. */
export const captionOf = (text: string, { url }: SharedFile): string =>
  text.endsWith(url) ? text.slice(0, Math.max(0, text.lastIndexOf('\n'))) : text;

/** A message for who hears of it only: of a file its name, in place of its address. */
export const saidText = (event: SpokenFrame): string => {
  const file = fileOf(event);
  if (file === undefined) return event.message;
  const caption = captionOf(event.message, file);
  return caption === '' ? file.name : `${caption}\n${file.name}`;
};
