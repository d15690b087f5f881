import './messages.css';
import { type Conversation, nickKey, rowsOf, sameNick, unread } from '@partyline/client';
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { isAtLeast } from '../state/running.ts';
import { t } from '../text/locale.ts';
import { dayOf } from '../text/time.ts';
import { anchorOf, hold } from './anchor.ts';
import { useApp } from './app-context.ts';
import { Beginning } from './beginning.tsx';
import { Icon } from './icon.tsx';
import { onMessageKey } from './message-keys.ts';
import { PendingMessage } from './pending-message.tsx';
import { elementId } from './quote.tsx';
import { RowView } from './row-view.tsx';

/** Nearer to the end than this counts as at the end. */
const END_PX = 48;
/** Nearer to the beginning or the end of what is here than this, more is asked for. */
const MORE_PX = 800;

/**
 * The messages of a conversation: the part of its log that its window has. At the log's end it stays
 * at the end; elsewhere what is read stays where it is, whatever comes or goes above and below.
 */
export const MessageList = ({ conversation }: { conversation: Conversation }) => {
  const app = useApp();
  const { reading } = app;
  const list = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useSignal(true);
  const opened = useRef(false);
  /** The end of the log was asked for, and is shown once it is here. */
  const wantsEnd = useRef(false);
  const { me } = app.talk.value;
  const { timeline, name, kind, loading, mark, head, sought } = conversation;
  if (sought !== undefined && 'end' in sought) wantsEnd.current = true;
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
  const focus = reading.focus.value;
  const isPublic = conversation.standing?.visibility === 'public';
  const moderates = isAtLeast(conversation.standing?.role, 'moderator');

  // Measured before the rows change: preact changes them right after this.
  const anchor =
    !atEnd.peek() && list.current && content.current
      ? anchorOf(list.current, content.current)
      : undefined;

  const toEnd = (): void => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  };

  const look = (): void => {
    const it = list.current;
    if (it === null) return;
    const { live } = app.current.peek()?.timeline ?? { live: true };
    const below = it.scrollHeight - it.scrollTop - it.clientHeight;
    atEnd.value = live && below < END_PX;
    reading.watch(atEnd.value && !document.hidden);
    if (it.scrollTop < MORE_PX) reading.older();
    if (below < MORE_PX) reading.newer();
  };

  useLayoutEffect(() => {
    const target =
      focus?.key === conversation.key && !loading
        ? document.getElementById(elementId(focus.seq))
        : null;
    const newsMark = opened.current ? null : list.current?.querySelector('.mark');
    if (rows.length > 0) opened.current = true;
    const isEnd = timeline.live && (wantsEnd.current || atEnd.peek());
    if (timeline.live) wantsEnd.current = false;
    if (target) {
      reading.focused();
      target.scrollIntoView({ block: 'center' });
      target.focus({ preventScroll: true });
      atEnd.value = false;
    } else if (newsMark) newsMark.scrollIntoView({ block: 'center' });
    else if (isEnd) toEnd();
    else if (anchor && list.current) hold(list.current, anchor);
    look();
  }, [rows, pending.length, focus, loading]);

  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (atEnd.peek()) toEnd();
    });
    if (list.current) observer.observe(list.current);
    if (content.current) observer.observe(content.current);
    document.addEventListener('visibilitychange', look);
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', look);
    };
  }, []);

  const news = unread(conversation);
  const isNewsAbove = mark < head && timeline.first > mark + 1 && rows.length > 0;
  return (
    <div class="messages-box">
      <div
        class="messages"
        id="messages"
        ref={list}
        role="log"
        aria-live="off"
        aria-label={t('messages', { name: kind === 'room' ? `#${name}` : name })}
        aria-busy={loading}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard (WCAG 2.1.1)
        tabIndex={0}
        onScroll={look}
        onKeyDown={onMessageKey}
      >
        <div class="messages-content" ref={content}>
          <Beginning conversation={conversation} isEmpty={rows.length + pending.length === 0} />
          {rows.map((row) => (
            <RowView
              key={row.key}
              row={row}
              me={nickKey(me)}
              today={today}
              moderates={moderates}
              isPublic={isPublic}
            />
          ))}
          {timeline.live ? (
            pending.map((message) => <PendingMessage key={message.id} message={message} me={me} />)
          ) : (
            <p class="note loading">{t('loading')}</p>
          )}
        </div>
      </div>
      {isNewsAbove && (
        <button
          type="button"
          class="float to-news"
          onClick={() => reading.toEvent(mark + 1)}
          aria-label={t('firstNews')}
        >
          <Icon name="up" />
          {t('firstNews')}
        </button>
      )}
      {!atEnd.value && (
        <button
          type="button"
          class="float to-end"
          data-news={news > 0}
          onClick={() => {
            if (timeline.live) toEnd();
            else reading.toEnd();
          }}
        >
          <Icon name="down" />
          {news > 0 ? t('jumpNew', { n: news }) : t('jumpEnd')}
        </button>
      )}
    </div>
  );
};
