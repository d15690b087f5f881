import type { SessionRow } from '../store/rows.ts';
import type { Draft } from './draft.ts';
import { changer } from './membership.ts';
import { tellPlaces } from './naming.ts';

/** How many are told that somebody is away; a row is not to grow with everybody who writes. */
const TOLD_PERSONS = 100;

/** Says that the person of a session is away with a word about why, or back; in all its sessions. */
export const setAway = (draft: Draft, by: SessionRow, text: string | null): void => {
  if ((by.away?.text ?? null) === text) return;
  const away = text === null ? null : { text, told: [] };
  for (const it of draft.sessionsOf(by.person)) draft.putSession({ ...it, away });
  const who = changer(draft, by);
  tellPlaces(
    draft,
    by.person,
    text === null
      ? { change: 'back', ...who }
      : { change: 'away', ...who, ...(text !== '' && { text }) },
  );
};

/** Whom somebody wrote to, and the sessions that this person has. */
export type Written = {
  readonly person: string;
  readonly nick: string;
  readonly sessions: readonly SessionRow[];
};

/** Tells who wrote to somebody that it waits: each time while nobody is there, once while they are away. */
export const tellAbsence = (draft: Draft, author: SessionRow, to: Written): void => {
  if (author.person === to.person) return;
  const away = to.sessions[0]?.away;
  const { session, instance } = author;
  const absent = { type: 'absent', session, nick: to.nick } as const;
  if (to.sessions.length === 0)
    draft.effects.push({ type: 'line', instance, line: { ...absent, reason: 'offline' } });
  if (!away || away.told.includes(author.person) || away.told.length >= TOLD_PERSONS) return;
  const { text } = away;
  const line = { ...absent, reason: 'away' as const, ...(text !== '' && { text }) };
  draft.effects.push({ type: 'line', instance, line });
  for (const it of draft.sessionsOf(to.person))
    draft.putSession({ ...it, away: { text, told: [...away.told, author.person] } });
};
