import { type Described, Event } from '@partyline/protocol';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';

const room = Type.String({ minLength: 1, maxLength: 128 });
const epoch = Type.String({ minLength: 1, maxLength: 64 });
const seq = Type.Integer({ minimum: 0 });
/** Anybody may have sent it: what is shown of it must be safe to show. */
const label = Type.String({ maxLength: 256, pattern: '^[^\\p{Cc}\\p{Cf}]*$' });

/** Where a server is: in answer to a `discover`, and by itself every few seconds. */
const Announcement = Type.Object({
  type: Type.Literal('partyline'),
  name: label,
  version: label,
  /** URLs of everything that clients may connect to. */
  endpoints: Type.Array(label, { maxItems: 256 }),
  /** How many more endpoints there are. */
  more: Type.Optional(Type.Integer({ minimum: 1 })),
  /** How long a `discover` must be, to be told them. */
  pad: Type.Optional(Type.Integer({ minimum: 1 })),
});

/** Events of a room, one after the other. */
const Feed = Type.Object({
  type: Type.Literal('feed'),
  epoch,
  events: Type.Array(Event, { minItems: 1, maxItems: 64 }),
});

/** How far the rooms of a feed have come, so that nobody misses a last event. */
const Heads = Type.Object({
  type: Type.Literal('heads'),
  epoch,
  /** Where the sender takes questions. */
  port: Type.Integer({ minimum: 1, maximum: 65_535 }),
  /** The first event that can still be had and the last, of each room. */
  rooms: Type.Array(Type.Object({ room, first: seq, head: seq }), { maxItems: 64 }),
});

/** Asks for the events `from` to `to` again. Answered with a cookie until it brings one. */
const Repair = Type.Object({
  type: Type.Literal('repair'),
  epoch,
  room,
  from: seq,
  to: seq,
  cookie: Type.Optional(Type.String({ maxLength: 64 })),
});

/** To be sent back with the question, as proof that it came from where it said. */
const Cookie = Type.Object({
  type: Type.Literal('cookie'),
  cookie: Type.String({ minLength: 1, maxLength: 64 }),
});

const kinds = { partyline: Announcement, feed: Feed, heads: Heads, repair: Repair, cookie: Cookie };

export type Announcement = Described<typeof Announcement>;
export type Feed = Described<typeof Feed>;
export type Heads = Described<typeof Heads>;
export type Repair = Described<typeof Repair>;
export type Cookie = Described<typeof Cookie>;
/** What one datagram says; JSON, in UTF-8. */
export type Datagram = Announcement | Feed | Heads | Repair | Cookie;

const compiled = Object.fromEntries(
  Object.entries(kinds).map(([type, schema]) => [type, Compile(schema)]),
);
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** What a datagram says; undefined when it is none of ours. */
export const readDatagram = (bytes: Uint8Array): Datagram | undefined => {
  let value: { readonly type?: unknown } | null;
  try {
    value = JSON.parse(utf8.decode(bytes));
  } catch {
    return undefined;
  }
  const type = value?.type;
  if (typeof type !== 'string' || !Object.hasOwn(compiled, type)) return undefined;
  return compiled[type]?.Check(value) === true ? (value as Datagram) : undefined;
};

export const writeDatagram = (it: Datagram): Buffer => Buffer.from(JSON.stringify(it));
