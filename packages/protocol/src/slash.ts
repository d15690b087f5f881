import { Type } from 'typebox';
import { limits } from './limits.ts';
import type { Described } from './static.ts';

/** What a slash command is called, without the slash. */
export const CommandName = Type.String({
  ...{ minLength: 1, maxLength: limits.commandCharacters, pattern: '^[a-z0-9][a-z0-9_-]*$' },
});

/** A slash command that somebody registered, as lists tell it. */
export const CommandInfo = Type.Object({
  name: CommandName,
  /** What stands after the name: `NAME [TYPE]`. */
  usage: Type.Optional(Type.String({ maxLength: limits.usageCodePoints })),
  /** What it is for, as a phrase. */
  about: Type.Optional(Type.String({ maxLength: limits.aboutCodePoints })),
});
export type CommandInfo = Described<typeof CommandInfo>;

/** What somebody registers: a name alone, or with how it is used and what for. */
export const Registration = Type.Union([CommandName, CommandInfo]);
export type Registration = Described<typeof Registration>;

/** A registration with its name as a member. */
export const commandInfo = (it: Registration): CommandInfo =>
  typeof it === 'string' ? { name: it } : it;
