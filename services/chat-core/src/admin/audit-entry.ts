import { Type } from 'typebox';
import type { AuditRow } from '../store/moderation/rows.ts';
import { Milliseconds } from './api.ts';

/** A deed as the admin API tells it. */
export const AuditEntry = Type.Object({
  n: Type.Integer({ description: '1, 2, 3 …' }),
  at: Milliseconds('When'),
  by: Type.String({ description: 'The nick of who did it' }),
  person: Type.String({ description: 'The account or session behind it' }),
  token: Type.Optional(Type.String({ description: 'The token of this API by which it was done' })),
  deed: Type.String({ examples: ['ban'] }),
  room: Type.String({ description: '* is the whole server' }),
  target: Type.Optional(Type.String({ description: 'To whom' })),
  detail: Type.Optional(Type.String({ description: 'The role, for how long, how slow' })),
  reason: Type.String(),
});

export const auditInfo = ({ target, detail, token, id: _, ...it }: AuditRow) => ({
  ...it,
  ...(token !== null && { token }),
  ...(target !== null && { target }),
  ...(detail !== null && { detail }),
});

/** A deed as examples show it. */
export const deedExample = {
  ...{ n: 1, at: 1_700_000_000_000, by: 'operator', person: 'operator', token: 'ci' },
  ...{ deed: 'ban', room: 'lobby', target: '192.0.2.0/24', detail: '86400 s', reason: 'spam' },
};
