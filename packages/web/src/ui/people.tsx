import './people.css';
import { type Conversation, sameNick } from '@partyline/client';
import { t } from '../text/locale.ts';
import { useApp } from './app-context.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';

/** How many are shown; a list of thousands helps nobody. */
const MOST_SHOWN = 500;

type Props = { readonly conversation: Conversation; readonly onChoose: () => void };

/** Who is in the room that is open. */
export const People = ({ conversation, onChoose }: Props) => {
  const app = useApp();
  const { me } = app.talk.value;
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
          <li key={nick}>
            {sameNick(nick, me) ? (
              <span class="person">
                <Avatar nick={nick} />
                <bdi class="name">{nick}</bdi>
                <span class="quiet">{t('you')}</span>
              </span>
            ) : (
              <button
                type="button"
                class="bare person"
                title={t('writePrivately', { nick })}
                onClick={() => {
                  app.writeTo(nick);
                  onChoose();
                }}
              >
                <Avatar nick={nick} />
                <bdi class="name">{nick}</bdi>
                <span class="unseen">{t('writePrivately', { nick })}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {more > 0 && members.length > 0 && <p class="quiet">{t('moreChanges', { n: more })}</p>}
    </aside>
  );
};
