import type { Reaction, SpokenFrame } from '@partyline/client';
import { nickKey } from '@partyline/client';
import { t } from '../text/locale.ts';
import { useApp } from './app-context.ts';

type Props = {
  readonly event: SpokenFrame;
  readonly reactions: readonly Reaction[];
  /** The reader's nick, folded. */
  readonly me: string;
};

/** How people reacted to a message; a press joins them, or takes one's own away. */
export const Reactions = ({ event, reactions, me }: Props) => {
  const app = useApp();
  return (
    <div class="reactions">
      {reactions.map(({ reaction, nicks }) => {
        const mine = nicks.some((nick) => nickKey(nick) === me);
        const who = t('reactedBy', { reaction, n: nicks.length, nicks: nicks.join(', ') });
        return (
          <button
            key={reaction}
            type="button"
            aria-pressed={mine}
            aria-label={who}
            title={who}
            onClick={() => app.composing.react(event, reaction, mine)}
          >
            {reaction} {nicks.length}
          </button>
        );
      })}
    </div>
  );
};
