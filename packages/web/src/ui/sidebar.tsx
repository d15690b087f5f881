import './sidebar.css';
import { roomKey } from '@partyline/client';
import { t } from '../text/locale.ts';
import { useApp } from './app-context.ts';
import { ConversationLink } from './conversation-link.tsx';
import { Icon } from './icon.tsx';
import logo from './logo.svg';
import { Me } from './me.tsx';

type Props = {
  readonly name: string;
  readonly onChoose: () => void;
};

/** Where one can go: rooms and private conversations; and who one is. */
export const Sidebar = ({ name, onChoose }: Props) => {
  const { talk, rooms, dialog } = useApp();
  const { conversations, current, online } = talk.value;
  const all = [...conversations.values()];
  const privates = all.filter((it) => it.kind === 'private');
  const members = conversations.get(roomKey('lobby'))?.members;
  return (
    <div class="sidebar" id="rooms">
      <header class="brand">
        <img src={logo} alt="" width="28" height="28" />
        <p class="brand-name">{name}</p>
        <span class="quiet">{t('online', { n: online })}</span>
      </header>
      <nav aria-label={t('conversations')}>
        <div class="section">
          <h2>{t('rooms')}</h2>
          <button
            type="button"
            class="bare square"
            title={t('addRoom')}
            aria-label={t('addRoom')}
            onClick={() => {
              onChoose();
              rooms.askAll();
              dialog.value = { is: 'rooms' };
            }}
          >
            <Icon name="plus" />
          </button>
        </div>
        <ul>
          {all
            .filter((it) => it.kind === 'room')
            .map((it) => (
              <ConversationLink
                key={it.key}
                conversation={it}
                isCurrent={it.key === current}
                onChoose={onChoose}
              />
            ))}
        </ul>
        {privates.length > 0 && (
          <>
            <div class="section">
              <h2>{t('privates')}</h2>
            </div>
            <ul>
              {privates.map((it) => (
                <ConversationLink
                  key={it.key}
                  conversation={it}
                  isCurrent={it.key === current}
                  isHere={members?.includes(it.name)}
                  onChoose={onChoose}
                />
              ))}
            </ul>
          </>
        )}
      </nav>
      <footer>
        <Me />
      </footer>
    </div>
  );
};
