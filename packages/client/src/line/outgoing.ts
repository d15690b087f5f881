import type { ClientFrame } from './wire.ts';

/** What a message is said to: a room, or one person. */
export type Target = { readonly room: string } | { readonly nick: string };

/** A message of ours until its event is in the log before our eyes. */
export type Outgoing = {
  /** Chosen here; published again under the same id, a message is stored once. */
  readonly id: string;
  readonly to: Target;
  readonly text: string;
  readonly kind: 'message' | 'action';
  /** The number of the event that it replies to. */
  readonly ref?: number;
  /** When it was written, in milliseconds since the Unix epoch. */
  readonly at: number;
  readonly state: OutgoingState;
};

export type OutgoingState =
  /** Never on a wire yet. */
  | { readonly is: 'kept' }
  /** On a wire, unanswered. */
  | { readonly is: 'sent' }
  /** On a wire of a session that is over, unanswered: the log has to be asked before it is said again. */
  | { readonly is: 'doubtful' }
  /** Durable; its event is on the way. */
  | { readonly is: 'stored'; readonly room: string; readonly seq: number }
  /** Not accepted. `unsure`: nobody can tell whether it arrived. */
  | { readonly is: 'refused'; readonly code: string; readonly message: string };

/** The frame that publishes a message. */
export const publication = ({ id, to, text, kind, ref }: Outgoing): ClientFrame => {
  const reply = ref === undefined ? {} : { ref };
  if ('nick' in to) return { type: 'p2p', to: to.nick, message: text, id, ...reply };
  const said = { type: 'broadcast', room: to.room, message: text, id, ...reply } as const;
  return kind === 'action' ? { ...said, kind } : said;
};

/** What a server takes as one message (`limits` of the login), and as one frame. */
export const TEXT_CODE_POINTS = 8_000;
const FRAME_BYTES = 32_768;

const encoder = new TextEncoder();

/**
 * Whether no server would take a message. A frame that is too large ends a WebSocket, and what was
 * on it would be said again, and again.
 */
export const isTooLong = (message: Outgoing): boolean =>
  message.text.length > 2 * TEXT_CODE_POINTS ||
  Array.from(message.text).length > TEXT_CODE_POINTS ||
  encoder.encode(JSON.stringify(publication(message))).length > FRAME_BYTES;

/** In the words of servers; clients that speak other languages go by the code. */
export const tooLong: OutgoingState = {
  ...{ is: 'refused', code: 'text-too-long' },
  message: `A message has at most ${TEXT_CODE_POINTS} characters.`,
};

export const inState = (message: Outgoing, state: OutgoingState): Outgoing => ({
  ...message,
  state,
});

const roomOf = ({ to }: Outgoing): string | undefined => ('room' in to ? to.room : undefined);

/** Rooms whose log has to be asked first. */
export const doubtfulRooms = (outgoing: readonly Outgoing[]): ReadonlySet<string> =>
  new Set(
    outgoing
      .filter((message) => message.state.is === 'doubtful')
      .map(roomOf)
      .filter((room) => room !== undefined),
  );

/** Messages that may go out now, in order: none overtakes a doubtful one of its room. */
export const due = (outgoing: readonly Outgoing[]): readonly Outgoing[] => {
  const held = doubtfulRooms(outgoing);
  return outgoing.filter(
    (message) => message.state.is === 'kept' && !held.has(roomOf(message) ?? ''),
  );
};

/** After a resume: what was on the old wire unanswered goes again, under its id. */
export const afterResume = (outgoing: readonly Outgoing[]): readonly Outgoing[] =>
  outgoing.map((message) =>
    message.state.is === 'sent' ? inState(message, { is: 'kept' }) : message,
  );

/**
 * After a login in place of the old session. Ids count per session, so the server can't tell that a
 * message is a repeat; a room's log can, by its ids. The log of two persons ended with the session.
 */
export const afterLogin = (outgoing: readonly Outgoing[]): readonly Outgoing[] =>
  outgoing
    .filter((message) => message.state.is !== 'stored')
    .map((message) => {
      if (message.state.is !== 'sent') return message;
      return 'room' in message.to
        ? inState(message, { is: 'doubtful' })
        : inState(message, { is: 'refused', code: 'unsure', message: '' });
    });

/** The room's log was asked: what it holds has arrived, the rest may go again. */
export const afterHistory = (
  outgoing: readonly Outgoing[],
  room: string,
  ids: ReadonlySet<string>,
): readonly Outgoing[] =>
  outgoing
    .filter((message) => !ids.has(message.id))
    .map((message) =>
      message.state.is === 'doubtful' && roomOf(message) === room
        ? inState(message, { is: 'kept' })
        : message,
    );
