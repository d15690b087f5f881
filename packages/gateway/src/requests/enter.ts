import {
  isProblem,
  nickProblem,
  type Problem,
  problem,
  type ReceiptOf,
  type RoomState,
} from '@partyline/protocol';
import { isToken } from '../token.ts';
import type { Desk, Entrance, Handler, RequestOf } from './desk.ts';

const showOpened = (
  desk: Desk,
  { session, nick, account, accountNick, epoch, online, rooms }: ReceiptOf<'opened'>,
  token: string,
  asked: RequestOf<'login'> | RequestOf<'resume'>,
): void => {
  const opened = {
    type: 'opened',
    resumed: asked.type === 'resume',
    ...{ session, token, nick, ...(account !== undefined && { account }) },
    ...(accountNick !== undefined && { accountNick }),
    ...{ epoch, online, rooms },
  } as const;
  desk.show(opened, asked);
};

type Cursors = {
  readonly cursors: Readonly<Record<string, number>>;
  readonly epoch?: string | undefined;
};

/** Where a client that knows some of a room goes on; it is told where the log can't. */
const goOn =
  (desk: Desk, { epoch }: ReceiptOf<'opened'>, known: Cursors) =>
  ({ room, seq }: RoomState, least: number): number => {
    const cursor = Math.max(
      least,
      Object.hasOwn(known.cursors, room) ? (known.cursors[room] ?? 0) : 0,
    );
    const isOtherLog = known.epoch !== undefined && known.epoch !== epoch;
    if (!isOtherLog && cursor <= seq) return cursor;
    desk.show({ type: 'gap', room, from: cursor + 1, next: seq + 1, epoch });
    return seq;
  };

/** Where the client was invited while it was away. */
const showInvitations = (desk: Desk, { invitations = [] }: ReceiptOf<'opened'>): void => {
  for (const it of invitations) desk.show({ type: 'invited', ...it });
};

/** Comes in without a password: as whose certificate the client shows, if the nick is theirs, and else as a guest. */
const enter = async (
  desk: Desk,
  token: string,
  as: Entrance,
): Promise<ReceiptOf<'opened'> | Problem> => {
  const { certificate } = desk;
  if (certificate === undefined) return desk.open(token, as);
  const receipt = await desk.logIn(token, as, { certificate, nick: as.nick });
  return isProblem(receipt) && receipt.code === 'certificate-unknown'
    ? desk.open(token, as)
    : receipt;
};

export const login: Handler<'login'> = async (desk, request) => {
  const { nick, password, rooms, cursors = {}, epoch } = request;
  const wrong = nickProblem(nick);
  if (wrong !== undefined) return wrong;
  const token = desk.newToken();
  const as = { nick, ...(rooms !== undefined && { rooms }) };
  const receipt = await (password === undefined
    ? enter(desk, token, as)
    : desk.logIn(token, as, { nick, password }));
  if (isProblem(receipt)) return receipt;
  showOpened(desk, receipt, token, request);
  const place = goOn(desk, receipt, { cursors, epoch });
  desk.enter(receipt, (it) => (Object.hasOwn(cursors, it.room) ? place(it, 0) : it.since));
  showInvitations(desk, receipt);
  return undefined;
};

/** How often another name is tried when a guest's is taken. */
const GUEST_TRIES = 5;

/** Logs in under a guest's name. */
export const visit: Handler<'visit'> = async (desk, request) => {
  for (let left = GUEST_TRIES; ; left -= 1) {
    const answer = await login(desk, { ...request, type: 'login', nick: desk.newGuestNick() });
    if (!isProblem(answer) || answer.code !== 'nick-taken' || left === 0) return answer;
  }
};

/** The cursors of rooms of which the client knows no event, by when it was shown the last of another. */
const cursorsAt = async (
  desk: Desk,
  { rooms }: ReceiptOf<'opened'>,
  { cursors, at }: RequestOf<'resume'>,
): Promise<Readonly<Record<string, number>>> => {
  if (at === undefined) return cursors;
  const unknown = rooms.filter(({ room }) => !Object.hasOwn(cursors, room));
  const found = unknown.map(async ({ room, seq, since }) => {
    // What can't be looked up now is shown again rather than not at all.
    const page = await desk.line.events(room, { at: at + 1, limit: 1 }).catch(() => undefined);
    if (page === undefined) return [room, since] as const;
    const [next] = page.events;
    return [room, next === undefined ? seq : Math.min(seq, next.seq - 1)] as const;
  });
  return { ...cursors, ...Object.fromEntries(await Promise.all(found)) };
};

/** Goes on where the client's cursors stand. */
export const resume: Handler<'resume'> = async (desk, request) => {
  const { token, epoch } = request;
  if (!isToken(token)) return problem('resume-unknown');
  const receipt = await desk.open(token, 'resumed');
  if (isProblem(receipt)) return receipt;
  const cursors = await cursorsAt(desk, receipt, request);
  showOpened(desk, receipt, token, request);
  const place = goOn(desk, receipt, { cursors, epoch });
  desk.enter(receipt, (it) => place(it, it.since));
  showInvitations(desk, receipt);
  return undefined;
};
