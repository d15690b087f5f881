import './people.css';
import { type Conversation, nickKey, sameNick } from '@partyline/client';
import { t } from '../text/locale.ts';
import { useApp } from './app-context.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';

/** How many are shown; a list of thousands helps nobody. */
const MOST_SHOWN = 500;

type Props = { readonly conversation: Conversation; readonly onChoose: () => void };

/** Who is in the room that is open. */
export const People = ({ conversation, onChoose }: Props) => {
  const { members = [], memberCount } = conversation;
  const more = memberCount - Math.min(members.length, MOST_SHOWN);
  return (
    <aside class="people" id="people" aria-label={t('people')}>
      <div class="section">
        <h2>
          {t('people')} <span class="quiet">{memberCount}</span>
        </h2>
        <button
          type="button"
          class="bare square only-not-wide"
          aria-label={t('close')}
          onClick={onChoose}
        >
          <Icon name="close" />
        </button>
      </div>
      <ul>
        {members.slice(0, MOST_SHOWN).map((nick) => (
          <Person key={nick} nick={nick} room={conversation} onChoose={onChoose} />
        ))}
      </ul>
      {more > 0 && members.length > 0 && <p class="quiet">{t('moreChanges', { n: more })}</p>}
    </aside>
  );
};

type PersonProps = {
  readonly nick: string;
  readonly room: Conversation;
  readonly onChoose: () => void;
};

const Person = ({ nick, room, onChoose }: PersonProps) => {
  const app = useApp();
  const isMe = sameNick(nick, app.talk.value.me);
  const why = room.away.get(nickKey(nick));
  const role = isMe ? (room.standing?.role ?? 'member') : room.roles.get(nickKey(nick));
  const absence = why ? t('isAwayWhy', { text: why }) : t('isAway');
  return (
    <li>
      <button
        type="button"
        class="bare person"
        data-away={why !== undefined}
        title={t('openPerson', { nick })}
        onClick={() => {
          onChoose();
          app.dialog.value = isMe ? { is: 'you' } : { is: 'person', nick };
        }}
      >
        <Avatar nick={nick} />
        <bdi class="name">{nick}</bdi>
        {isMe && <span class="quiet">{t('you')}</span>}
        {role !== undefined && role !== 'member' && (
          <span class="role" title={t(role)}>
            <Icon name="shield" />
            <span class="unseen">{t(role)}</span>
          </span>
        )}
        {why !== undefined && (
          <span class="quiet absence" title={absence}>
            <Icon name="away" />
            <span class="unseen">{absence}</span>
          </span>
        )}
      </button>
    </li>
  );
};
