import './find-dialog.css';
import { authorOf, type SpokenFrame, sameNick } from '@partyline/client';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../text/locale.ts';
import { moment } from '../../text/time.ts';
import { useApp } from '../app-context.ts';
import { Modal } from './modal.tsx';

const WORDS_CHARACTERS = 200;

/** Looking for what was said, by its words or by its day. */
export const FindDialog = ({ words }: { words: string }) => {
  const app = useApp();
  const { finding } = app;
  const input = useRef<HTMLInputElement>(null);
  const onlyHere = useSignal(false);
  const open = app.current.value;
  const found = finding.found.value;

  const find = (): void => {
    const room = onlyHere.value ? open?.room : undefined;
    finding.find(input.current?.value.trim() ?? '', room);
  };
  useEffect(() => {
    input.current?.focus();
    if (words !== '') find();
    return finding.clear;
  }, []);
  const go = (event: SpokenFrame): void => {
    app.dialog.value = { is: 'none' };
    app.reading.toSpoken(event);
  };

  return (
    <Modal title={t('findTitle')} wide>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          find();
        }}
      >
        <input
          ref={input}
          type="search"
          defaultValue={words}
          aria-label={t('findWords')}
          placeholder={t('findWords')}
          maxLength={WORDS_CHARACTERS}
        />
        <button type="submit" class="primary">
          {t('find')}
        </button>
      </form>
      {open?.room !== undefined && (
        <label class="check">
          <input
            type="checkbox"
            checked={onlyHere.value}
            onChange={({ currentTarget }) => {
              onlyHere.value = currentTarget.checked;
              find();
            }}
          />
          {t('findHere', { name: open.kind === 'room' ? `#${open.name}` : open.name })}
        </label>
      )}
      <p class="quiet" role="status">
        {found === undefined || found.isLoading
          ? found && t('loading')
          : (found.refusal ??
            (found.events.length === 0
              ? t('notFound', { words: found.words })
              : t('foundCount', { n: `${found.events.length}${found.next ? '+' : ''}` })))}
      </p>
      <ul class="found">
        {found?.events.map((event) => (
          <li key={`${event.room} ${event.seq}`}>
            <button type="button" class="bare" onClick={() => go(event)}>
              <span class="quiet">
                <bdi>{placeOf(event, app.talk.value.me)}</bdi> · {moment(event.at)}
              </span>
              <span class="found-text" dir="auto">
                <bdi class="who">{authorOf(event)}</bdi> {event.message}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {found?.next !== undefined && (
        <button type="button" disabled={found.isLoading} onClick={finding.more}>
          {t('moreFound')}
        </button>
      )}
      {open?.room !== undefined && <DayForm />}
    </Modal>
  );
};

const placeOf = (event: SpokenFrame, me: string): string => {
  if (event.type !== 'p2p') return `#${event.room}`;
  return sameNick(event.from, me) ? event.to : event.from;
};

const DayForm = () => {
  const app = useApp();
  const day = useRef<HTMLInputElement>(null);
  return (
    <form
      class="row day-form"
      onSubmit={(event) => {
        event.preventDefault();
        // By the reader's calendar, as the days between messages are.
        const at = new Date(`${day.current?.value}T00:00`).getTime();
        if (Number.isNaN(at)) return;
        app.dialog.value = { is: 'none' };
        app.reading.toTime(Math.max(0, at));
      }}
    >
      <label class="field">
        <span>{t('goToDay')}</span>
        <input ref={day} type="date" required />
      </label>
      <button type="submit">{t('goThere')}</button>
    </form>
  );
};
