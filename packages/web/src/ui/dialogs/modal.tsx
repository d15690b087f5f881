import './modal.css';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../text/locale.ts';
import { useApp } from '../app-context.ts';
import { Icon } from '../icon.tsx';

type Props = {
  readonly title: string;
  /** Stands before the title. */
  readonly sign?: ComponentChildren;
  readonly wide?: boolean;
  readonly children: ComponentChildren;
};

/** What lies over the page until it is closed. What had the focus has it again then. */
export const Modal = ({ title, sign, wide = false, children }: Props) => {
  const app = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  const shut = (): void => {
    app.dialog.value = { is: 'none' };
  };

  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog
      ref={dialog}
      aria-labelledby="dialog-title"
      data-wide={wide}
      onClose={shut}
      onClick={(event) => {
        if (event.target === dialog.current) shut();
      }}
    >
      <div class="dialog">
        <header>
          {sign}
          <h2 id="dialog-title">{title}</h2>
          <button
            type="button"
            class="bare square"
            title={t('close')}
            aria-label={t('close')}
            onClick={shut}
          >
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
};
