import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../text/locale.ts';
import { useApp } from '../app-context.ts';
import { Choice } from './field.tsx';
import { lengthName, lengths } from './lengths.ts';

/** What a moderator does to somebody. */
export type Deed = 'kick' | 'mute' | 'ban';

const texts = {
  kick: { hint: 'putOutHint', act: 'putOut' },
  mute: { hint: 'muteHint', act: 'mute' },
  ban: { hint: 'banHint', act: 'ban' },
} as const;

const REASON_CHARACTERS = 256;

type Props = {
  readonly deed: Deed;
  readonly room: string;
  readonly nick: string;
  readonly onDone: () => void;
};

/** For how long and why, and the word to do it. */
export const DeedForm = ({ deed, room, nick, onDone }: Props) => {
  const { running } = useApp();
  const length = useSignal<string>('3600000');
  const reason = useRef<HTMLInputElement>(null);
  const { hint, act } = texts[deed];

  useEffect(() => reason.current?.focus(), []);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const why = reason.current?.value.trim() ?? '';
    const because = why === '' ? {} : { reason: why };
    const forMs = Number(length.value);
    const lasting = forMs === 0 ? {} : { forMs };
    if (deed === 'kick') running.request({ type: 'kick', room, nickname: nick, ...because });
    else if (deed === 'mute')
      running.request({ type: 'mute', room, nickname: nick, ...because, ...lasting });
    else running.request({ type: 'ban', room, who: nick, ...because, ...lasting });
    onDone();
  };

  return (
    <form class="deed" onSubmit={submit}>
      <p class="quiet">{t(hint, { nick, room })}</p>
      {deed !== 'kick' && (
        <Choice
          label={t('howLong')}
          value={length.value}
          options={lengths.map((ms) => [`${ms}`, lengthName(ms)])}
          onChoose={(it) => {
            length.value = it;
          }}
        />
      )}
      <label class="field">
        <span>{t('why')}</span>
        <input ref={reason} maxLength={REASON_CHARACTERS} autoComplete="off" />
      </label>
      <button type="submit" class="primary danger">
        {t(act)} <bdi>{nick}</bdi>
      </button>
    </form>
  );
};
