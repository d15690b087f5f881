import type { Guests } from '@partyline/gateway';
import {
  cleanText,
  idProblem,
  isProblem,
  LOBBY,
  type Locale,
  nickProblem,
  type Problem,
  problem,
  problemText,
  roomName,
  textProblem,
} from '@partyline/protocol';
import type { Saying } from '../intake/asked.ts';
import { allowedBytes, type Source } from '../intake/source.ts';
import { Repeats } from './repeats.ts';
import type { Message, Senders } from './senders.ts';

/** What became of something that was said by datagram, and what its sender is told. */
export type ChatResult = { readonly outcome: 'said' | 'refused'; readonly answer?: Buffer };

/** Takes something said in `datagram`. */
export type Chat = (saying: Saying, datagram: Uint8Array, source: Source) => Promise<ChatResult>;

type Said = { readonly room: string; readonly seq: number; readonly at: number };

/** Names that are made up for a guest before it is told that its name is taken. */
const NAMES = 3;

const bytesOf = (it: object): Buffer => Buffer.from(JSON.stringify(it));

/** The fullest of several answers that is short enough. */
const fitting = (answers: readonly object[], bytes: number): Buffer | undefined =>
  answers.map(bytesOf).find((it) => it.length <= bytes);

export const createChat = (options: {
  readonly senders: Pick<Senders, 'say'>;
  readonly guests: Guests;
  readonly isCongested: () => boolean;
  readonly newId: () => string;
  readonly locale: Locale;
  /** Milliseconds of a clock that doesn't go back. */
  readonly now: () => number;
}): Chat => {
  const { senders, guests, isCongested, newId, locale, now } = options;
  const repeats = new Repeats<(Said & { nickname: string }) | Problem>(now);

  const asGuest = async (address: string, message: Omit<Message, 'nick'>) => {
    for (let attempt = 0; ; attempt += 1) {
      const nick = guests.nameOf(address, 'speaks', attempt);
      const said = await senders.say(address, { ...message, nick });
      if (!isProblem(said) || said.code !== 'nick-taken' || attempt === NAMES - 1)
        return isProblem(said) ? said : { ...said, nickname: nick };
    }
  };

  const say = async (
    { nick, room: asked = LOBBY, text: given, id }: Saying,
    { address }: Source,
  ) => {
    const text = cleanText(given);
    const room = roomName(asked);
    if (isProblem(room)) return room;
    const wrong =
      textProblem(text) ?? idProblem(id) ?? (nick === undefined ? undefined : nickProblem(nick));
    if (wrong !== undefined) return wrong;
    // A datagram can't wait to be read, as a stream can.
    if (isCongested()) return problem('unavailable');
    const message = { room, text, id: id ?? newId() };
    if (nick === undefined) return asGuest(address, message);
    const said = await senders.say(address, { ...message, nick });
    return isProblem(said) ? said : { ...said, nickname: nick };
  };

  return async (saying, datagram, source) => {
    const result = await repeats.once(datagram, source, () => say(saying, source));
    const id = saying.id === undefined ? {} : { id: saying.id };
    const most = allowedBytes(source, datagram.length);
    if (isProblem(result)) {
      const { code } = result;
      const refused = { type: 'error', code, message: problemText(result, locale), ...id };
      const answer = fitting([refused, { type: 'error', code }], most);
      return { outcome: 'refused', ...(answer !== undefined && { answer }) };
    }
    const { room, seq, at, nickname } = result;
    const ack = { type: 'ack', ...id, room, seq, at, nickname };
    const answer = fitting([ack, { type: 'ack', room, seq }, { type: 'ack', seq }], most);
    return { outcome: 'said', ...(answer !== undefined && { answer }) };
  };
};
