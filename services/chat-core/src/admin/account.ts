import { limits, nickKey, type Problem, problem } from '@partyline/protocol';
import { Type } from 'typebox';
import type { AccountInfo, Reader } from '../store/port.ts';
import { Milliseconds } from './api.ts';
import { Session, sessionInfo } from './session.ts';

export const Account = Type.Object({
  account: Type.String({ description: 'Its id, which what it says is kept under' }),
  nick: Type.String({ description: 'As it is registered; it may go by another one' }),
  createdAt: Milliseconds('When it was registered'),
  operator: Type.Boolean({ description: 'Of the whole server' }),
  sessions: Type.Integer({ description: 'Connections, and such as may yet resume' }),
});
const { sessions: _, ...members } = Account.properties;
export const AccountWithSessions = Type.Object({ ...members, sessions: Type.Array(Session) });

export const Nick = Type.Object({
  nick: Type.String({ maxLength: 2 * limits.nickCodePoints, examples: ['ann'] }),
});

export const accountInfo = ({ account, nick, createdAt, isOperator, sessions }: AccountInfo) => ({
  ...{ account, nick, createdAt, operator: isOperator, sessions },
});

/** Sessions of one account that are told. */
const SESSIONS = 1_000;

/** Accounts by nick: as they are kept, and as they are shown. */
export const accountsOf = (read: Pick<Reader, 'accountInfo' | 'sessions'>) => {
  const called = async (nick: string): Promise<AccountInfo | Problem> =>
    (await read.accountInfo(nickKey(nick))) ?? problem('account-unknown', { nick });
  return {
    called,
    show: async (nick: string) => {
      const found = await called(nick);
      if ('code' in found) return found;
      const sessions = await read.sessions('', SESSIONS, found.account);
      return { ...accountInfo(found), sessions: sessions.map(sessionInfo) };
    },
  };
};
