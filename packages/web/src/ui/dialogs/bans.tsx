import type { Ban } from '@partyline/client';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../text/locale.ts';
import { moment } from '../../text/time.ts';
import { useApp } from '../app-context.ts';
import { Choice } from './field.tsx';
import { lengthName, lengths } from './lengths.ts';

const WHO_CHARACTERS = 128;

/** Who is kept out of a room, and the ways to let them in again or keep others out. */
export const Bans = ({ room }: { room: string }) => {
  const { running } = useApp();
  const bans = running.bans.value?.room === room ? running.bans.value.bans : undefined;
  useEffect(() => running.askBans(room), [room]);
  return (
    <section aria-labelledby="bans-title">
      <h3 id="bans-title">{t('banned')}</h3>
      {bans?.length === 0 && <p class="quiet">{t('nobodyBanned')}</p>}
      <ul class="bans">
        {bans?.map((ban) => (
          <BanItem
            key={ban.who}
            ban={ban}
            onLift={() => running.request({ type: 'unban', room, who: ban.who })}
          />
        ))}
      </ul>
      <BanForm room={room} />
    </section>
  );
};

const BanItem = ({ ban, onLift }: { ban: Ban; onLift: () => void }) => {
  const { who, reason, by, until } = ban;
  const time = until === undefined ? t('forGood') : t('untilTime', { time: moment(until) });
  return (
    <li>
      <div>
        <bdi class="who">{who}</bdi> {reason && <span>{reason}</span>}
        <p class="quiet">{t('bannedBy', { until: time, by })}</p>
      </div>
      <button type="button" aria-label={t('unbanWhom', { who })} onClick={onLift}>
        {t('unban')}
      </button>
    </li>
  );
};

const BanForm = ({ room }: { room: string }) => {
  const { running } = useApp();
  const input = useRef<HTMLInputElement>(null);
  const length = useSignal<string>('0');
  return (
    <form
      class="ban-form"
      onSubmit={(event) => {
        event.preventDefault();
        const who = input.current?.value.trim() ?? '';
        if (who === '' || input.current === null) return;
        const forMs = Number(length.value);
        running.request({ type: 'ban', room, who, ...(forMs > 0 && { forMs }) });
        input.current.value = '';
      }}
    >
      <label class="field">
        <span>{t('banWho')}</span>
        <input
          ref={input}
          maxLength={WHO_CHARACTERS}
          autoCapitalize="off"
          autoComplete="off"
          spellcheck={false}
        />
      </label>
      <Choice
        label={t('howLong')}
        value={length.value}
        options={lengths.map((ms) => [`${ms}`, lengthName(ms)])}
        onChoose={(it) => {
          length.value = it;
        }}
      />
      <button type="submit">{t('ban')}</button>
    </form>
  );
};
