import type { Outgoing } from '@partyline/client';
import { t } from '../text/locale.ts';
import { clock } from '../text/time.ts';
import { useApp } from './app-context.ts';
import { Avatar } from './avatar.tsx';
import { hueClass } from './hue.ts';
import { Icon } from './icon.tsx';
import { pure } from './pure.ts';
import { Words } from './words.tsx';

type Props = { readonly message: Outgoing; readonly me: string };

/** A message of ours that is not in the log yet: shown at once, and marked until it is. */
export const PendingMessage = pure<Props>(({ message, me }) => {
  const { state, text, at } = message;
  return (
    <div class="message pending" data-mine="true" data-state={state.is}>
      <Avatar nick={me} />
      <bdi class={`nick ${hueClass(me)}`}>{me}</bdi>
      <span class="sending" title={t('sending')}>
        <time dateTime={new Date(at).toISOString()}>{clock(at)}</time>
        <Icon name="clock" />
        <span class="unseen">{state.is === 'refused' ? t('notSent') : t('sending')}</span>
      </span>
      <div class="text" dir="auto">
        <Words text={text} />
      </div>
      {state.is === 'refused' && <Refused message={message} reason={state} />}
    </div>
  );
});

const whyOf = ({ code, message }: { readonly code: string; readonly message: string }): string => {
  if (code === 'unsure') return t('unsure');
  const why = code === 'text-too-long' ? t('tooLong') : message;
  return `${t('notSent')} ${why}`;
};

const Refused = ({
  message: { id },
  reason,
}: {
  message: Outgoing;
  reason: { readonly code: string; readonly message: string };
}) => {
  const app = useApp();
  return (
    <p class="refused" role="alert">
      {whyOf(reason)}{' '}
      <button type="button" onClick={() => app.composing.again(id)}>
        {t('sendAgain')}
      </button>{' '}
      <button type="button" onClick={() => app.composing.discard(id)}>
        {t('discard')}
      </button>
    </p>
  );
};
