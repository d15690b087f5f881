export type {
  Card,
  ProbeChange,
  ProbeDifference,
  ProbeFinding,
  ProbeReport,
  SharedFile,
} from '@partyline/protocol';
export type { Command, Spoken } from './commands/command.ts';
export * from './commands/slash.ts';
export * from './commands/suggest.ts';
export * from './commands/texts.ts';
export * from './line/backoff.ts';
export * from './line/dial.ts';
export * from './line/driver.ts';
export * from './line/event-frames.ts';
export * from './line/line.ts';
export * from './line/line-state.ts';
export * from './line/outgoing.ts';
export * from './line/room-frames.ts';
export * from './line/websocket.ts';
export * from './line/wire.ts';
export * from './talk/conversation.ts';
export * from './talk/marks.ts';
export * from './talk/memory.ts';
export * from './talk/references.ts';
export * from './talk/rows.ts';
export type { Moment, Talk } from './talk/talk.ts';
export * as talking from './talk/talking.ts';
export * from './talk/timeline.ts';
