import './messages.css';
import { type Conversation, nickKey, rowsOf, sameNick, unread } from '@partyline/client';
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { t } from '../text/locale.ts';
import { dayOf } from '../text/time.ts';
import { useApp } from './app-context.ts';
import { Icon } from './icon.tsx';
import { PendingMessage } from './pending-message.tsx';
import { RowView } from './row-view.tsx';

/** Nearer to the end than this counts as at the end. */
const END_PX = 48;
/** Nearer to the beginning than this, older messages are asked for. */
const BEGIN_PX = 400;

/** The messages of a conversation. At the end it stays at the end; elsewhere it stays where it is. */
export const MessageList = ({ conversation }: { conversation: Conversation }) => {
  const app = useApp();
  const list = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useSignal(true);
  const opened = useRef(false);
  const firstKey = useRef<string | undefined>(undefined);
  const { me } = app.talk.value;
  const { timeline, name, kind, loading } = conversation;
  const rows = useMemo(
    () => rowsOf(conversation, dayOf),
    [timeline, conversation.mark, conversation.mark < conversation.head],
  );
  const pending = app.line.value.outgoing.filter(({ to }) =>
    'room' in to
      ? kind === 'room' && to.room === name
      : kind === 'private' && sameNick(to.nick, name),
  );
  const today = dayOf(Date.now());

  // Older rows go above what is read: how far that is from the end doesn't change.
  const grewAbove = firstKey.current !== undefined && firstKey.current !== rows[0]?.key;
  firstKey.current = rows[0]?.key;
  const box = list.current;
  const fromEnd = grewAbove && box ? box.scrollHeight - box.scrollTop : undefined;

  const toEnd = (): void => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  };

  useLayoutEffect(() => {
    const mark = opened.current ? null : list.current?.querySelector('.mark');
    if (rows.length > 0) opened.current = true;
    if (mark) mark.scrollIntoView({ block: 'center' });
    else if (atEnd.peek()) toEnd();
    else if (fromEnd !== undefined && list.current)
      list.current.scrollTop = list.current.scrollHeight - fromEnd;
  });

  const look = (): void => {
    const it = list.current;
    if (it === null) return;
    atEnd.value = it.scrollHeight - it.scrollTop - it.clientHeight < END_PX;
    app.watch(atEnd.value && !document.hidden);
    if (it.scrollTop < BEGIN_PX) app.loadOlder();
  };

  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (atEnd.peek()) toEnd();
    });
    if (list.current) observer.observe(list.current);
    if (content.current) observer.observe(content.current);
    document.addEventListener('visibilitychange', look);
    look();
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', look);
    };
  }, []);

  const news = unread(conversation);
  const empty = rows.length === 0 && pending.length === 0;
  return (
    <div class="messages-box">
      <div
        class="messages"
        id="messages"
        ref={list}
        role="log"
        aria-live="polite"
        aria-label={t('messages', { name: kind === 'room' ? `#${name}` : name })}
        aria-busy={loading}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard (WCAG 2.1.1)
        tabIndex={0}
        onScroll={look}
      >
        <div class="messages-content" ref={content}>
          <div class="beginning">
            {timeline.complete ? (
              <Beginning conversation={conversation} empty={empty} />
            ) : (
              <button type="button" disabled={loading} onClick={app.loadOlder}>
                {loading ? t('loading') : t('loadOlder')}
              </button>
            )}
          </div>
          {rows.map((row) => (
            <RowView key={row.key} row={row} me={nickKey(me)} today={today} />
          ))}
          {pending.map((message) => (
            <PendingMessage key={message.id} message={message} me={me} />
          ))}
        </div>
      </div>
      {!atEnd.value && (
        <button type="button" class="to-end" data-news={news > 0} onClick={toEnd}>
          <Icon name="down" />
          {news > 0 ? t('jumpNew', { n: news }) : t('jumpEnd')}
        </button>
      )}
    </div>
  );
};

const Beginning = ({ conversation, empty }: { conversation: Conversation; empty: boolean }) => {
  const { kind, name } = conversation;
  const room = kind === 'room';
  return (
    <>
      <p class="beginning-title">
        {room ? t('beginRoom', { room: name }) : t('beginPrivate', { nick: name })}
      </p>
      {empty && <p class="quiet">{room ? t('emptyRoom') : t('emptyPrivate', { nick: name })}</p>}
    </>
  );
};
