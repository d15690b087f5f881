import { t } from '../text/locale.ts';
import { useApp } from './app-context.ts';

/** Who is writing at the moment; the line is always there, so that nothing moves. */
export const TypingNotice = ({ room }: { room: string | undefined }) => {
  const { typing } = useApp();
  const [a, b, ...more] = (room === undefined ? undefined : typing.now.value.get(room)) ?? [];
  const text = (): string => {
    if (a === undefined) return '';
    if (b === undefined) return t('typingOne', { a });
    return more.length > 0 ? t('typingMany') : t('typingTwo', { a, b });
  };
  return <p class="typing quiet">{text()}</p>;
};
