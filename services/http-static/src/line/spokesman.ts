import type { Bus } from '@partyline/bus';
import { type Card, isProblem, type Problem, problem } from '@partyline/protocol';
import type { UploadTicket } from '@partyline/service';
import { inTime } from './in-time.ts';
import type { Said } from './speaker.ts';

/** What is said of a file; the same id again is the same message. */
export type Telling = { readonly text: string; readonly card: Card; readonly id: string };

/** Tells of a file where its ticket is for, in the name of the ticket's session. */
export type Spokesman = (ticket: UploadTicket, telling: Telling) => Promise<Said | Problem>;

export const createSpokesman =
  (line: Pick<Bus, 'publish' | 'congested'>, newTrace: () => string): Spokesman =>
  async ({ session, nick, room }, { text, card, id }) => {
    if (line.congested) return problem('unavailable');
    const command = { type: 'share', room, text, card } as const;
    const said = await inTime(line.publish({ id, session, command, trace: newTrace() }));
    if (isProblem(said)) return said;
    if (said.type === 'refused') return said.problem;
    if (said.type !== 'published') return problem('unavailable');
    return { room: said.room, seq: said.seq, at: said.at, nick };
  };
