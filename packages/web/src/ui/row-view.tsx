import type { Row } from '@partyline/client';
import { t } from '../text/locale.ts';
import { dayName } from '../text/time.ts';
import { EventView } from './event-view.tsx';
import { PresenceView } from './presence-view.tsx';

type Props = {
  readonly row: Row;
  /** The reader's nick, folded. */
  readonly me: string;
  /** Midnight today. */
  readonly today: number;
  /** Whether the reader may take back what others said. */
  readonly moderates: boolean;
  /** Whether everybody may read the room. */
  readonly isPublic: boolean;
};

/** One row of the message list. */
export const RowView = ({ row, me, today, moderates, isPublic }: Props) => {
  switch (row.is) {
    case 'event':
      return (
        <EventView
          event={row.event}
          marks={row.marks}
          follows={row.follows}
          me={me}
          moderates={moderates}
          isPublic={isPublic}
        />
      );
    case 'presence':
      return <PresenceView changes={row.changes} />;
    case 'note':
      return (
        <p class="note" data-tone={row.tone}>
          {row.text}
        </p>
      );
    case 'gap':
      return <p class="note gap">{t('gap')}</p>;
    case 'day':
      return (
        <h2 class="divider">
          <span>{dayName(row.day, today)}</span>
        </h2>
      );
    case 'mark':
      return (
        <h2 class="divider mark">
          <span>{t('newMessages')}</span>
        </h2>
      );
  }
};
