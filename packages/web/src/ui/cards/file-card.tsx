import './file-card.css';
import type { SharedFile } from '@partyline/client';
import { t } from '../../text/locale.ts';
import { sizeText } from '../../text/size.ts';
import { Icon } from '../icon.tsx';

/** The box that pictures are made to fit, in pixels, so that their place is kept before they come. */
const BOX = { width: 400, height: 300 } as const;

const fitted = ({ width, height }: NonNullable<SharedFile['picture']>) => {
  const scale = Math.min(1, BOX.width / width, BOX.height / height);
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
};

/** Where a file is on the page's own site, by whatever name of it the file was shared. */
const pathOf = ({ url }: SharedFile): string | undefined => {
  const path = URL.parse(url)?.pathname;
  return path?.startsWith('/f/') ? path : undefined;
};

/** A file that was shared: its picture if it is one, else its name and size. */
export const FileCard = ({ file }: { file: SharedFile }) => {
  const href = pathOf(file);
  if (href === undefined) return null;
  const { name, bytes, picture } = file;
  return (
    <div class="file">
      {picture && (
        <a
          class="picture"
          href={href}
          target="_blank"
          rel="noopener"
          aria-label={t('openPicture', { name })}
        >
          <img src={href} alt="" loading="lazy" decoding="async" {...fitted(picture)} />
        </a>
      )}
      <a class="file-name" href={href} target="_blank" rel="noopener" tabIndex={picture && -1}>
        <Icon name="file" />
        <bdi>{name}</bdi>
        <span class="quiet">{sizeText(bytes)}</span>
      </a>
    </div>
  );
};
