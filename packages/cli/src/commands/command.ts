import type { ParseArgsOptionDescriptor } from 'node:util';
import type { Locale } from '@partyline/protocol';
import type { Environment } from '../environment.ts';
import type { ExitCode } from '../exit-code.ts';

/** A text in every language. */
export type Told = { readonly [L in Locale]: string };

/** One option: how it is read, and what it is for. */
export type Option = ParseArgsOptionDescriptor & {
  /** How its value is written in help; flags have none. */
  readonly value?: string;
  readonly purpose: Told;
};

export type Options = Readonly<Record<string, Option>>;

/** What a command was called with. */
export type Call = {
  readonly positionals: readonly string[];
  /** By the option's name; undefined when it wasn't given. */
  text(option: string): string | undefined;
  flag(option: string): boolean;
  /** Every option that was given, as it was. */
  readonly values: Readonly<Record<string, unknown>>;
};

/** One command: a file each, and a line in the table. */
export type Command = {
  /** Its arguments as help shows them. */
  readonly usage: string;
  readonly purpose: Told;
  /** Behind the options in its help. */
  readonly notes?: Told;
  readonly options: Options;
} & (
  | {
      /** Rejects with `Failure`. */
      readonly run: (call: Call, environment: Environment) => Promise<ExitCode>;
    }
  | {
      /** The same of a command that learns only while it runs how its arguments are to be read. */
      readonly runArguments: (
        args: readonly string[],
        environment: Environment,
      ) => Promise<ExitCode>;
    }
);
