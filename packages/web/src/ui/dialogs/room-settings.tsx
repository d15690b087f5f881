import type { RoomRequest, Standing } from '@partyline/client';
import { isAtLeast } from '../../state/running.ts';
import { t } from '../../text/locale.ts';
import { lengthText } from '../../text/time.ts';
import { useApp } from '../app-context.ts';
import { Choice, Fact } from './field.tsx';
import { ages, counts, paces, withCurrent } from './lengths.ts';

const paceName = (ms: number): string =>
  ms === 0 ? t('off') : t('everySome', { time: lengthText(ms) });
const ageName = (ms: number): string => (ms === 0 ? t('keepAlways') : lengthText(ms));
const countName = (n: number): string => (n === 0 ? t('keepAll') : t('keepSome', { n }));

const numbered = (offered: readonly number[], current: number, name: (n: number) => string) =>
  withCurrent(offered, current).map((it) => [`${it}`, name(it)] as const);

type Props = { readonly room: string; readonly standing: Standing };

/** How a room is set: to be read by all, and changed by those who may. */
export const RoomSettings = ({ room, standing }: Props) => {
  const { running } = useApp();
  const { visibility, speak, keepMs, keepCount, slowMs, role } = standing;
  const configure = (change: Omit<Extract<RoomRequest, { type: 'configure' }>, 'type' | 'room'>) =>
    running.request({ type: 'configure', room, ...change });

  const slow = isAtLeast(role, 'moderator') ? (
    <Choice
      label={t('slowMode')}
      value={`${slowMs}`}
      options={numbered(paces, slowMs, paceName)}
      onChoose={(it) => running.request({ type: 'slow', room, ms: Number(it) })}
    />
  ) : (
    <Fact label={t('slowMode')}>{paceName(slowMs)}</Fact>
  );

  if (!isAtLeast(role, 'owner'))
    return (
      <div class="fields">
        <Fact label={t('whoComesIn')}>{t(visibility)}</Fact>
        <Fact label={t('whoSpeaks')}>{t(speak)}</Fact>
        <Fact label={t('keepFor')}>{ageName(keepMs)}</Fact>
        <Fact label={t('keepAtMost')}>{countName(keepCount)}</Fact>
        {slow}
      </div>
    );
  return (
    <div class="fields">
      <Choice
        label={t('whoComesIn')}
        value={visibility}
        options={[
          ['public', t('public')],
          ['private', t('private')],
        ]}
        onChoose={(it) => configure({ visibility: it })}
      />
      <Choice
        label={t('whoSpeaks')}
        value={speak}
        options={[
          ['everyone', t('everyone')],
          ['moderators', t('moderators')],
        ]}
        onChoose={(it) => configure({ speak: it })}
      />
      <Choice
        label={t('keepFor')}
        value={`${keepMs}`}
        options={numbered(ages, keepMs, ageName)}
        onChoose={(it) => configure({ keepMs: Number(it) })}
      />
      <Choice
        label={t('keepAtMost')}
        value={`${keepCount}`}
        options={numbered(counts, keepCount, countName)}
        onChoose={(it) => configure({ keepCount: Number(it) })}
      />
      {slow}
    </div>
  );
};
