import './person-dialog.css';
import { type Conversation, nickKey, type Role, sameNick } from '@partyline/client';
import { useSignal } from '@preact/signals';
import { isAtLeast } from '../../state/running.ts';
import { t } from '../../text/locale.ts';
import { useApp } from '../app-context.ts';
import { Avatar } from '../avatar.tsx';
import { Icon } from '../icon.tsx';
import { type Deed, DeedForm } from './deed-form.tsx';
import { Choice } from './field.tsx';
import { Modal } from './modal.tsx';

/** What is known of somebody in a room. */
const factsOf = ({ away, roles }: Conversation, nick: string): string => {
  const role = roles.get(nickKey(nick));
  const why = away.get(nickKey(nick));
  const facts = role === undefined || role === 'member' ? [] : [t(role)];
  if (why !== undefined) facts.push(why === '' ? t('isAway') : t('isAwayWhy', { text: why }));
  return facts.join(' · ');
};

/** Somebody, and what can be done about them. */
export const PersonDialog = ({ nick }: { nick: string }) => {
  const app = useApp();
  const room = app.current.value?.kind === 'room' ? app.current.value : undefined;
  const isMe = sameNick(nick, app.talk.value.me);
  const shut = (): void => {
    app.dialog.value = { is: 'none' };
  };
  return (
    <Modal title={nick} sign={<Avatar nick={nick} />}>
      <p class="quiet person-facts">{room && factsOf(room, nick)}</p>
      {!isMe && (
        <div class="row">
          <button
            type="button"
            class="primary"
            onClick={() => {
              shut();
              app.composing.writeTo(nick);
            }}
          >
            {t('writePrivately', { nick })}
          </button>
          {room && (
            <button
              type="button"
              onClick={() => {
                shut();
                app.composing.mention(nick);
              }}
            >
              {t('mention')}
            </button>
          )}
        </div>
      )}
      {room && !isMe && isAtLeast(room.standing?.role, 'moderator') && (
        <Moderating room={room} nick={nick} onDone={shut} />
      )}
    </Modal>
  );
};

type ModeratingProps = {
  readonly room: Conversation;
  readonly nick: string;
  readonly onDone: () => void;
};

const assignable = ['member', 'moderator', 'owner'] as const satisfies readonly Role[];

const Moderating = ({ room, nick, onDone }: ModeratingProps) => {
  const { running } = useApp();
  const deed = useSignal<Deed | undefined>(undefined);
  const { name, standing, roles } = room;
  const role = roles.get(nickKey(nick)) ?? 'member';
  const choose = (it: Deed): void => {
    deed.value = deed.value === it ? undefined : it;
  };
  return (
    <section aria-labelledby="moderate-title">
      <h3 id="moderate-title">{t('moderate', { room: name })}</h3>
      {isAtLeast(standing?.role, 'owner') && role !== 'operator' && (
        <Choice
          label={t('role')}
          value={role}
          options={assignable.map((it) => [it, t(it)])}
          onChoose={(it) => running.request({ type: 'role', room: name, nickname: nick, role: it })}
        />
      )}
      <div class="row">
        {(['kick', 'mute', 'ban'] as const).map((it) => (
          <button
            key={it}
            type="button"
            aria-pressed={deed.value === it}
            onClick={() => choose(it)}
          >
            <Icon name={it} />
            {t(it === 'kick' ? 'putOut' : it)}
          </button>
        ))}
        <button
          type="button"
          onClick={() => {
            running.request({ type: 'unmute', room: name, nickname: nick });
            onDone();
          }}
        >
          {t('unmute')}
        </button>
      </div>
      {deed.value && (
        <DeedForm key={deed.value} deed={deed.value} room={name} nick={nick} onDone={onDone} />
      )}
    </section>
  );
};
