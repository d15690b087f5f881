import type { Conversation, LineState, Talk } from '@partyline/client';
import type { Editor } from './editor.ts';
import type { Scroll } from './scroll.ts';

/** Everything that the screen shows. */
export type Model = {
  readonly talk: Talk;
  readonly line: LineState;
  readonly editor: Editor;
  readonly scroll: Scroll;
  /** Where the server is. */
  readonly where: string;
  /** Who is typing in the conversation that is open. */
  readonly typing: readonly string[];
  /** What is asked or told beside the line that is being written. */
  readonly prompt: string | undefined;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
};

export const currentOf = ({ talk }: Pick<Model, 'talk'>): Conversation | undefined =>
  talk.conversations.get(talk.current);
