import type { Problem } from '@partyline/protocol';
import { problem } from '@partyline/protocol';
import type { SessionRow } from '../store/rows.ts';
import type { Draft } from './draft.ts';
import type { Place } from './lifetime.ts';
import type { Answered } from './log.ts';
import { enter, found } from './membership.ts';
import { opened } from './opened.ts';
import { hashToken, isSameToken, sessionOf } from './token.ts';

/** Who asks to come in. */
export type Stranger = Place & { readonly session: string; readonly token: string };

/** What a session that is there already is told: the same token again is the same entrance. */
export const knownAlready = (
  draft: Draft,
  { session, token, instance }: Pick<Stranger, 'session' | 'token' | 'instance'>,
): Answered | Problem | undefined => {
  if (sessionOf(token) !== session) return problem('session-unknown', { session });
  const found = draft.session(session);
  if (found === undefined) return undefined;
  const isSame = isSameToken(token, found.tokenHash);
  // It said goodbye, and only hasn't been swept yet.
  if (isSame && found.state === 'ended' && (found.until ?? 0) <= draft.now) return undefined;
  const isRepeat = isSame && found.state === 'live' && found.instance === instance;
  return isRepeat ? opened(draft, found) : problem('session-unknown', { session });
};

/** Makes a session of somebody who may have the name, in these rooms. */
export const admit = (
  draft: Draft,
  { token, ...stranger }: Stranger,
  who: Pick<SessionRow, 'nick' | 'nameKey' | 'person' | 'account'>,
  rooms: Iterable<string>,
): SessionRow => {
  // Somebody who is here by another session is away, and called, as there.
  const { away, realName } = draft.sessionsOf(who.person)[0] ?? { away: null, realName: null };
  const row: SessionRow = {
    ...{ ...stranger, ...who, tokenHash: hashToken(token), state: 'live', until: null },
    ...{ openedAt: draft.now, rooms: null, away, realName },
  };
  draft.claimName(who);
  draft.putSession(row);
  draft.members.begin(row.session);
  for (const room of rooms) {
    found(draft, row, room);
    enter(draft, row, room);
  }
  return row;
};
