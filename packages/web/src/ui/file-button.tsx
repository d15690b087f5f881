import { useRef } from 'preact/hooks';
import { t } from '../text/locale.ts';
import { useApp } from './app-context.ts';
import { Icon } from './icon.tsx';

/** Has the browser ask which files to share. */
export const FileButton = () => {
  const { uploads } = useApp();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class="bare square"
        title={t('shareFiles')}
        aria-label={t('shareFiles')}
        onClick={() => input.current?.click()}
      >
        <Icon name="attach" />
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget: it }) => {
          uploads.add([...(it.files ?? [])]);
          // So that the same file can be chosen again.
          it.value = '';
        }}
      />
    </>
  );
};
