import { type Described, Event } from '@partyline/protocol';
import { type Static, Type } from 'typebox';
import { Status } from '../../status/shape.ts';
import { AuditEntry, deedExample } from '../audit-entry.ts';
import { eventExample } from '../event-example.ts';
import { Session, sessionExample } from '../session.ts';
import { statusExample } from '../status-example.ts';

const Seq = Type.Integer({ minimum: 0 });
const Heartbeat = Type.Object(
  { type: Type.Literal('heartbeat'), at: Type.Integer() },
  { description: 'Nothing happened for a while' },
);
const End = Type.Object(
  { type: Type.Literal('end') },
  { description: 'This chat-core stops: ask again, here or at another one' },
);

/** What somebody is told who follows a room. */
export const EventLine = Type.Union(
  [
    Type.Object(
      {
        type: Type.Literal('begin'),
        room: Type.String(),
        epoch: Type.String({
          description: 'Give it with `after` to be told when the log is another',
        }),
        after: Seq,
        head: Seq,
      },
      { description: 'Where it begins, and where the log stands' },
    ),
    Type.Object({ type: Type.Literal('event'), event: Event }),
    Type.Object(
      { type: Type.Literal('gap'), after: Seq, next: Seq },
      { description: 'What was between is kept no longer, or (`after` 0) was in another log' },
    ),
    Heartbeat,
    End,
  ],
  { examples: [{ type: 'event', event: eventExample }] },
);
export type EventLine = Described<typeof EventLine>;

/** What somebody is told who follows sessions. */
export const SessionLine = Type.Union(
  [
    Type.Object(
      { type: Type.Literal('begin'), sessions: Type.Integer() },
      { description: 'How many are told first: those that are there' },
    ),
    Type.Object(
      { type: Type.Literal('session'), session: Session },
      { description: 'It is there, or is otherwise than it was told last' },
    ),
    Type.Object({ type: Type.Literal('gone'), session: Type.String() }),
    Heartbeat,
    End,
  ],
  { examples: [{ type: 'session', session: sessionExample }] },
);
export type SessionLine = Described<typeof SessionLine>;

/** What somebody is told who follows how everything is. */
export const StatusLine = Type.Union(
  [Type.Object({ type: Type.Literal('status'), status: Status }), End],
  { examples: [{ type: 'status', status: statusExample }] },
);
export type StatusLine = Static<typeof StatusLine>;

/** What somebody is told who follows the audit log. */
export const AuditLine = Type.Union(
  [
    Type.Object({ type: Type.Literal('begin'), after: Seq }),
    Type.Object({ type: Type.Literal('deed'), deed: AuditEntry }),
    Heartbeat,
    End,
  ],
  { examples: [{ type: 'deed', deed: deedExample }] },
);
export type AuditLine = Described<typeof AuditLine>;
