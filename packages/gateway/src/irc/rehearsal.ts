import type { Request } from '../request.ts';
import { ircDialect } from './index.ts';

/** When it is, in tests. */
export const NOW = 1_700_000_000_000;

/** Time stands still, and nothing is random. */
const createDialect = () =>
  ircDialect({
    locale: 'en',
    frame: (frames) => Buffer.from(frames.map((it) => `${it}\r\n`).join('')),
    random: (size) => Buffer.alloc(size),
    now: () => NOW,
  });

/** Somebody who has come in with what most clients ask for. */
export const enter = () => {
  const interpreter = createDialect().interpreter();
  const you = { nick: 'ann', session: 's' };
  const ask = (line: string): readonly Request[] => {
    const read = interpreter.read(line, you);
    if (read === undefined || 'code' in read) return [];
    return 'type' in read ? [read] : read;
  };
  for (const line of ['CAP LS 302', 'NICK ann', 'USER ann 0 * :ann', 'CAP REQ :batch message-tags'])
    ask(line);
  const [login] = ask('CAP END');
  const opened = {
    type: 'opened',
    ...{ resumed: false, session: 's', token: 't', nick: 'ann', epoch: 'e' },
    ...{ online: 1, rooms: [{ room: 'lobby', seq: 0, since: 0, members: 1 }] },
  } as const;
  interpreter.show(opened, you, login);
  return { interpreter, you, ask };
};
