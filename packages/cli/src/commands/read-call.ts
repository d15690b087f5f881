import { parseArgs } from 'node:util';
import { Failure } from '../exit-code.ts';
import type { Call, Options } from './command.ts';

const parse = (args: readonly string[], options: Options, strict: boolean): Call => {
  const { values, positionals } = parseArgs({
    ...{ args: [...args], options, strict, allowPositionals: true },
  });
  const given = values as Readonly<Record<string, unknown>>;
  return {
    positionals,
    values: given,
    text: (option) => {
      const value = given[option];
      return typeof value === 'string' ? value : undefined;
    },
    flag: (option) => given[option] === true,
  };
};

/** What arguments say by these options; others may be among them, whose values pass for positionals. */
export const callOf = (args: readonly string[], options: Options): Call =>
  parse(args, options, false);

/** Reads a command's arguments. Throws a `Failure` that names what is wrong. */
export const readCall = (args: readonly string[], options: Options): Call => {
  try {
    return parse(args, options, true);
  } catch (error) {
    throw new Failure('usage', (error as Error).message);
  }
};

/** A number that an option gives, or its default. Throws a `Failure` made by `bad`. */
export const readNumber = (
  given: string | undefined,
  { least, most, otherwise }: { least: number; most: number; otherwise: number },
  bad: (given: string, least: number, most: number) => string,
): number => {
  if (given === undefined) return otherwise;
  const number = Number(given);
  if (!/^\d+$/.test(given) || number < least || number > most)
    throw new Failure('usage', bad(given, least, most));
  return number;
};
