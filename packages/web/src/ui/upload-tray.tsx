import './upload-tray.css';
import type { Upload, UploadState } from '../state/uploads/upload.ts';
import { t } from '../text/locale.ts';
import { sizeText } from '../text/size.ts';
import { useApp } from './app-context.ts';
import { Icon } from './icon.tsx';

/** How far it is, in words. */
const stateText = ({ state, bytes }: Upload): string => {
  const size = sizeText(bytes);
  switch (state.is) {
    case 'waiting':
      return t('uploadWaiting');
    case 'sending':
      return t('uploadSent', { sent: sizeText(state.sent), size });
    case 'paused':
      return t('uploadPaused', { sent: sizeText(state.sent), size });
    case 'telling':
    case 'done':
      return t('uploadTelling');
    case 'refused':
      return t('uploadRefused', { why: state.message });
  }
};

const sentOf = (state: UploadState, bytes: number): number =>
  'sent' in state ? state.sent : state.is === 'waiting' ? 0 : bytes;

const UploadView = ({ upload }: { upload: Upload }) => {
  const { uploads } = useApp();
  const { id, name, bytes, picture, state } = upload;
  const isRefused = state.is === 'refused';
  const label = t(isRefused ? 'uploadPutAway' : 'uploadCancel', { name });
  return (
    <li data-state={state.is}>
      {picture === undefined ? <Icon name="file" /> : <img src={picture} alt="" />}
      <div class="upload-about">
        <bdi class="name">{name}</bdi>
        <span class="quiet" role={isRefused ? 'alert' : undefined}>
          {stateText(upload)}
        </span>
        {!isRefused && (
          <progress max={bytes} value={sentOf(state, bytes)} aria-label={t('uploadOf', { name })} />
        )}
      </div>
      <button
        type="button"
        class="bare square"
        title={label}
        aria-label={label}
        onClick={() => uploads.drop(id)}
      >
        <Icon name="close" />
      </button>
    </li>
  );
};

/** The files that are on their way into a conversation. */
export const UploadTray = ({ conversation }: { conversation: string }) => {
  const own = useApp().uploads.all.value.filter(({ key }) => key === conversation);
  if (own.length === 0) return null;
  return (
    <ul class="uploads" aria-label={t('uploads')}>
      {own.map((it) => (
        <UploadView key={it.id} upload={it} />
      ))}
    </ul>
  );
};
