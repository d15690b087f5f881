import type { Marks } from '@partyline/client';
import { authorOf, nickKey, type ShownFrame } from '@partyline/client';
import { t } from '../text/locale.ts';
import { clock, fullTime } from '../text/time.ts';
import { useApp } from './app-context.ts';
import { Avatar } from './avatar.tsx';
import './references.css';
import { CardView, textBeside } from './cards/index.tsx';
import { hueClass } from './hue.ts';
import { MessageActions } from './message-actions.tsx';
import { pure } from './pure.ts';
import { elementId, QuoteView } from './quote.tsx';
import { Reactions } from './reactions.tsx';
import { Words } from './words.tsx';

const Time = ({ at }: { at: number }) => (
  <time dateTime={new Date(at).toISOString()} title={fullTime(at)}>
    {clock(at)}
  </time>
);

const wordPart = /[\p{L}\p{N}_]/u;

/** Whether a text has the reader's nick as a word of its own. */
const mentions = (text: string, me: string): boolean => {
  if (me === '') return false;
  const folded = nickKey(text);
  for (let at = folded.indexOf(me); at !== -1; at = folded.indexOf(me, at + 1)) {
    const before = folded.charAt(at - 1);
    const after = folded.charAt(at + me.length);
    if (!wordPart.test(before) && !wordPart.test(after)) return true;
  }
  return false;
};

type Props = {
  readonly event: ShownFrame;
  readonly marks: Marks | undefined;
  /** The same person speaks on. */
  readonly follows: boolean;
  /** The reader's nick, folded. */
  readonly me: string;
  /** Whether the reader may take back what others said. */
  readonly moderates: boolean;
  /** Whether everybody may read the room. */
  readonly isPublic: boolean;
};

/** The place of an entry in the transcript that http-static serves. */
const linkTo = ({ room, seq }: ShownFrame): string =>
  `${location.origin}/r/${encodeURIComponent(room)}/${seq}`;

/** Who says something; a press shows who that is. */
const Author = ({ nick }: { nick: string }) => {
  const { dialog } = useApp();
  return (
    <button
      type="button"
      class={`bare nick ${hueClass(nick)}`}
      tabIndex={-1}
      title={t('openPerson', { nick })}
      onClick={() => {
        dialog.value = { is: 'person', nick };
      }}
    >
      <bdi>{nick}</bdi>
    </button>
  );
};

/** One entry of a room's log. */
export const EventView = pure<Props>(({ event, marks, follows, me, moderates, isPublic }) => {
  const nick = authorOf(event);
  if (event.type === 'topic')
    return (
      <p class="note">
        {event.text ? t('topicSet', { nick, text: event.text }) : t('topicCleared', { nick })}
      </p>
    );
  const kind = event.type === 'broadcast' ? event.kind : undefined;
  const mine = nickKey(nick) === me;
  const name = <Author nick={nick} />;
  const gone = marks?.gone === true || event.message === '';
  const text = marks?.edited ?? event.message;
  const card = gone ? undefined : event.card;
  const said = textBeside(text, card);
  const words = gone ? (
    <em class="gone">{t('takenBack')}</em>
  ) : (
    <>
      <Words text={said} />
      {marks?.edited !== undefined && <small class="edited"> {t('edited')}</small>}
    </>
  );
  const quote = event.ref !== undefined && event.quote !== undefined && (
    <QuoteView seq={event.ref} nick={event.quote.nickname} text={event.quote.message} />
  );
  const more = !gone && (
    <>
      {marks !== undefined && marks.reactions.length > 0 && (
        <Reactions event={event} reactions={marks.reactions} me={me} />
      )}
      <MessageActions
        event={event}
        text={text}
        mine={mine}
        link={isPublic ? linkTo(event) : undefined}
        removable={mine || (moderates && event.type === 'broadcast')}
      />
    </>
  );
  const place = { id: elementId(event.seq), tabIndex: -1 };
  if (kind === 'action')
    return (
      <div class="message action" data-mine={mine} {...place}>
        <Time at={event.at} />
        {quote}
        <div class="text" dir="auto">
          {name} {words}
        </div>
        {more}
      </div>
    );
  const isMentioned =
    event.mentions?.some((it) => nickKey(it) === me) === true || mentions(text, me);
  return (
    <div
      class="message"
      data-follows={follows}
      data-kind={kind}
      data-mine={mine}
      data-mention={!mine && !gone && isMentioned}
      {...place}
    >
      {follows ? (
        <span class="unseen">{nick}: </span>
      ) : (
        <>
          <Avatar nick={nick} />
          <span class="by">
            {name}
            {event.type === 'broadcast' && event.bot && <span class="bot">{t('bot')}</span>}
          </span>
        </>
      )}
      <Time at={event.at} />
      {quote}
      {(said !== '' || gone) && (
        <div class="text" dir="auto">
          {words}
        </div>
      )}
      {card && <CardView card={card} />}
      {more}
    </div>
  );
});
