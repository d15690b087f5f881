import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { t } from '../text/locale.ts';
import { useApp } from './app-context.ts';

const hasFiles = ({ dataTransfer }: DragEvent): boolean =>
  dataTransfer?.types.includes('Files') === true;

/** The files that were dropped; folders are none. */
const filesIn = ({ dataTransfer }: DragEvent): readonly File[] =>
  [...(dataTransfer?.items ?? [])].flatMap((item) =>
    item.webkitGetAsEntry()?.isDirectory ? [] : (item.getAsFile() ?? []),
  );

/** Takes files that are dropped anywhere on the page, and says so while they are held over it. */
export const DropZone = ({ name }: { name: string }) => {
  const { uploads } = useApp();
  const isOver = useSignal(false);
  useEffect(() => {
    const ending = new AbortController();
    const on = (
      type: 'dragenter' | 'dragover' | 'dragleave' | 'drop',
      act: (it: DragEvent) => void,
    ) =>
      document.addEventListener(
        type,
        (event) => {
          if (hasFiles(event)) act(event);
        },
        ending,
      );
    on('dragenter', () => {
      isOver.value = true;
    });
    // Only where this is refused may something be dropped; else the browser opens it.
    on('dragover', (event) => event.preventDefault());
    on('dragleave', ({ relatedTarget }) => {
      if (relatedTarget === null) isOver.value = false;
    });
    on('drop', (event) => {
      event.preventDefault();
      isOver.value = false;
      uploads.add(filesIn(event));
    });
    return () => ending.abort();
  }, []);
  return isOver.value ? <p class="drop-zone">{t('dropFiles', { name })}</p> : null;
};
