import { Type } from 'typebox';

/** What a room is about, and since when; not there when nothing is set. */
export const topicMembers = {
  topic: Type.Optional(Type.String()),
  /** The nick of whoever set it. */
  topicBy: Type.Optional(Type.String()),
  /** When, in milliseconds since the Unix epoch. */
  topicAt: Type.Optional(Type.Integer()),
};
