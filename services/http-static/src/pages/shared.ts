import type { Event, SharedFile } from '@partyline/protocol';
import { sizeText } from '../files/size-text.ts';

/** A file as pages show it. */
export type Shared = {
  readonly name: string;
  readonly size: string;
  /** On this site. */
  readonly path: string;
  readonly picture: SharedFile['picture'];
};

/** The box that a picture is made to fit, so that its place is kept before it comes. */
const BOX = { width: 480, height: 320 } as const;

const fitted = ({ width, height }: NonNullable<SharedFile['picture']>): SharedFile['picture'] => {
  const scale = Math.min(1, BOX.width / width, BOX.height / height);
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
};

/** The file that an event tells of, and what was said with it: all but the last line, which says the same as the card. */
export const sharedIn = ({
  card,
  text,
}: Event): { readonly file: Shared; readonly caption: string } | undefined => {
  if (card?.type !== 'file') return undefined;
  const { name, bytes, url, picture } = card.file;
  const path = URL.parse(url)?.pathname;
  if (path === undefined) return undefined;
  const file = { name, size: sizeText(bytes), path, picture: picture && fitted(picture) };
  return { file, caption: text.slice(0, Math.max(0, text.lastIndexOf('\n'))) };
};
