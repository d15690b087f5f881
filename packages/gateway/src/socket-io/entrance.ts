import type { Request } from '../request.ts';
import { type Place, readOffset, readPid } from './place.ts';
import type { Plan } from './plan.ts';

type Auth = Readonly<Record<string, unknown>>;

const text = (auth: Auth, name: string): string | undefined => {
  const value = Object.hasOwn(auth, name) ? auth[name] : undefined;
  return typeof value === 'string' ? value : undefined;
};

const isCursor = (entry: [string, unknown]): entry is [string, number] =>
  Number.isSafeInteger(entry[1]) && Number(entry[1]) >= 0;

/** The cursors that a client keeps itself; what is none among them is passed over. */
const cursorsOf = ({ cursors }: Auth): Record<string, number> | undefined =>
  typeof cursors === 'object' && cursors !== null
    ? Object.fromEntries(Object.entries(cursors).filter(isCursor))
    : undefined;

/** What a client was shown, by its own cursors and by its last offset, whichever is further. */
const placeOf = (auth: Auth): Place => {
  const own = cursorsOf(auth);
  const offset = readOffset(auth.offset);
  const cursors = { ...own };
  for (const [room, seq] of Object.entries(offset?.cursors ?? {}))
    cursors[room] = Math.max(seq, Object.hasOwn(cursors, room) ? (cursors[room] ?? 0) : 0);
  // Who keeps cursors knows all of its rooms; the time is for who has but the last event.
  return { cursors, ...(own === undefined && offset?.at !== undefined && { at: offset.at }) };
};

/**
 * How a client comes in, by what it gave in `auth`: as the session that it was (`pid` and `offset` of
 * connection state recovery, or `token`, `cursors` and `epoch`), under a name (`nickname`, `password`),
 * or as a guest. A session that is over becomes a new one, which goes on where the old one stood.
 */
export const entrance = (auth: Auth): Plan => {
  const pid = readPid(auth.pid);
  const token = text(auth, 'token');
  const place = placeOf(auth);
  const epoch = pid?.epoch ?? text(auth, 'epoch');
  const known = { ...(epoch !== undefined && { epoch }) };
  const tokens = [...new Set([pid?.token, token])].filter((it) => it !== undefined);
  const nick = text(auth, 'nickname') ?? text(auth, 'username');
  const password = text(auth, 'password');
  const { cursors } = place;
  const anew: Request =
    nick === undefined
      ? { type: 'visit', cursors, ...known }
      : { type: 'login', nick, ...(password !== undefined && { password }), cursors, ...known };
  return {
    tries: [
      ...tokens.map((it): Request => ({ type: 'resume', token: it, ...place, ...known })),
      anew,
    ],
    passOver: ['resume-unknown'],
  };
};
