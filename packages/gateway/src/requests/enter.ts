import {
  isProblem,
  nickProblem,
  problem,
  type ReceiptOf,
  type RoomState,
} from '@partyline/protocol';
import { isToken } from '../token.ts';
import type { Desk, Handler } from './desk.ts';

const showOpened = (
  desk: Desk,
  { session, nick, account, epoch, online, rooms }: ReceiptOf<'opened'>,
  token: string,
  resumed: boolean,
): void =>
  desk.show({
    ...{ type: 'opened', resumed, session, token, nick },
    ...(account !== undefined && { account }),
    ...{ epoch, online, rooms },
  });

export const login: Handler<'login'> = async (desk, { nick, password }) => {
  const wrong = nickProblem(nick);
  if (wrong !== undefined) return wrong;
  const token = desk.newToken();
  const receipt = await (password === undefined
    ? desk.open(token, 'open', nick)
    : desk.logIn(token, nick, password));
  if (isProblem(receipt)) return receipt;
  showOpened(desk, receipt, token, false);
  desk.enter(receipt, (room) => room.since);
  return undefined;
};

/** Goes on where the client's cursors stand; says so where the log can't. */
export const resume: Handler<'resume'> = async (desk, { token, cursors, epoch }) => {
  if (!isToken(token)) return problem('resume-unknown');
  const receipt = await desk.open(token, 'resume');
  if (isProblem(receipt)) return receipt;
  showOpened(desk, receipt, token, true);
  const isOtherLog = epoch !== undefined && epoch !== receipt.epoch;
  desk.enter(receipt, ({ room, seq, since }: RoomState) => {
    const cursor = Math.max(since, cursors[room] ?? 0);
    if (!isOtherLog && cursor <= seq) return cursor;
    desk.show({ type: 'gap', room, from: cursor + 1, next: seq + 1, epoch: receipt.epoch });
    return seq;
  });
  return undefined;
};
