import type { Conversation, ServedCommand } from '@partyline/client';
import { effect } from '@preact/signals';
import type { Core } from './core.ts';

/** The slash commands that services and bots answer. */
export type Serving = {
  /** Those of a conversation, as far as they were told. */
  in(conversation: Conversation): readonly ServedCommand[];
};

const none: readonly ServedCommand[] = [];

/** Asks for them when a room is opened; bots come and go, so each time anew. */
export const createServing = (core: Core): Serving => {
  const known = new Map<string, readonly ServedCommand[]>();
  core.hear((frame) => {
    if (frame.type === 'commands') known.set(frame.room, frame.commands);
  });
  let open = '';
  effect(() => {
    const { kind, name = '' } = core.current.value ?? {};
    const isUp = core.line.value.phase.is === 'in';
    const room = isUp && kind === 'room' ? name : '';
    if (room === open) return;
    open = room;
    if (room !== '') core.ask({ type: 'commands', room });
  });
  return {
    in: ({ kind, name }) => (kind === 'room' ? (known.get(name) ?? none) : none),
  };
};
