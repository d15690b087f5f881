import type { Change } from '@partyline/client';
import { t } from '../text/locale.ts';
import { pure } from './pure.ts';

/** Changes told one by one in one line. */
const MOST_SHOWN = 6;

const textsOf = (change: Change): readonly string[] => {
  switch (change.change) {
    case 'joined':
      return [t('joined', { nick: change.nick })];
    case 'left': {
      const { nick, reason } = change;
      return [reason === undefined ? t('left', { nick }) : t('leftWhy', { nick, reason })];
    }
    case 'renamed':
      return [t('renamed', { was: change.was, nick: change.nick })];
    case 'more': {
      const joined = change.joined > 0 ? [t('moreJoined', { n: change.joined })] : [];
      const left = change.left > 0 ? [t('moreLeft', { n: change.left })] : [];
      return [...joined, ...left];
    }
  }
};

/** Who came and went, on one line; the last of many. */
export const PresenceView = pure<{ changes: readonly Change[] }>(({ changes }) => {
  const shown = changes.slice(-MOST_SHOWN);
  const earlier = changes.length - shown.length;
  const texts = shown.flatMap(textsOf);
  if (earlier > 0) texts.push(t('moreChanges', { n: earlier }));
  return <p class="note presence">{texts.join(' · ')}</p>;
});
