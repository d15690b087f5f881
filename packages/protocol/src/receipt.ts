import { Type } from 'typebox';
import { markerMembers } from './marker.ts';
import { BanInfo, Role } from './moderation.ts';
import { Problem } from './problem.ts';
import { RoomSettings } from './room-settings.ts';
import type { Described } from './static.ts';
import { topicMembers } from './topic.ts';
import { WatchInfo } from './watch.ts';

/** A room as one session stands in it. */
export const RoomState = Type.Object({
  room: Type.String(),
  /** The number of the room's last event. */
  seq: Type.Integer(),
  /** The room's last event when this session came in: its cursor until it has seen more. */
  since: Type.Integer(),
  /** People in the room. */
  members: Type.Integer(),
  ...topicMembers,
  /** What the session may do there; not there for a plain member. */
  role: Type.Optional(Role),
  /** Slow mode: a message a person in so many milliseconds; not there when there is none. */
  slowMs: Type.Optional(Type.Integer()),
});
export type RoomState = Described<typeof RoomState>;

/** That somebody may come into a private room. */
export const Invitation = Type.Object({
  room: Type.String(),
  /** The nick of whoever invited. */
  by: Type.String(),
});
export type Invitation = Described<typeof Invitation>;

/** The id of the envelope that is answered. */
const id = Type.String();

/** What a durable publish came to, by the command's type. */
export const Receipt = Type.Union([
  Type.Object({
    id,
    type: Type.Literal('opened'),
    session: Type.String(),
    nick: Type.String(),
    account: Type.Optional(Type.String()),
    /** The nick that the account has registered, whatever it goes by. */
    accountNick: Type.Optional(Type.String()),
    /** Of the log: cursors hold only within it. */
    epoch: Type.String(),
    /** People online. */
    online: Type.Integer(),
    rooms: Type.Array(RoomState),
    /** Where it was invited while it was away. */
    invitations: Type.Optional(Type.Array(Invitation)),
  }),
  /** An event was appended (or had been, when the publish is a repeat). */
  Type.Object({
    id,
    type: Type.Literal('published'),
    room: Type.String(),
    seq: Type.Integer(),
    at: Type.Integer(),
  }),
  Type.Object({ id, type: Type.Literal('joined'), room: RoomState }),
  Type.Object({ id, type: Type.Literal('parted'), room: Type.String() }),
  Type.Object({ id, type: Type.Literal('renamed'), nick: Type.String() }),
  /** How a room is set now, and what may be done about that. */
  Type.Object({
    id,
    type: Type.Literal('configured'),
    room: Type.String(),
    settings: RoomSettings,
    /** Slow mode: a message a person in so many milliseconds; 0 when it is off. */
    slowMs: Type.Integer(),
    /** What whoever asks is in the room. */
    role: Role,
  }),
  /** How far the account has read now. */
  Type.Object({ id, type: Type.Literal('marked'), ...markerMembers }),
  /** The newest bans of a room, and how many there are. */
  Type.Object({
    id,
    type: Type.Literal('bans'),
    room: Type.String(),
    count: Type.Integer(),
    bans: Type.Array(BanInfo),
  }),
  /** Good for one room until a time, in milliseconds since the Unix epoch. */
  Type.Object({
    id,
    type: Type.Literal('ticket'),
    room: Type.String(),
    ticket: Type.String(),
    until: Type.Integer(),
  }),
  Type.Object({
    id,
    type: Type.Literal('watches'),
    room: Type.String(),
    watches: Type.Array(WatchInfo),
  }),
  Type.Object({ id, type: Type.Literal('done') }),
]);
export type Receipt = Described<typeof Receipt>;
export type ReceiptOf<T extends Receipt['type']> = Extract<Receipt, { type: T }>;

/** A publish that was not accepted; nothing of it is kept. */
export const Refusal = Type.Object({ id, type: Type.Literal('refused'), problem: Problem });
export type Refusal = Described<typeof Refusal>;

/** The answer to one envelope. */
export const Outcome = Type.Union([Receipt, Refusal]);
export type Outcome = Described<typeof Outcome>;
