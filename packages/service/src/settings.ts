import { readFileSync } from 'node:fs';
import type { Definition, Setting } from './setting.ts';

/** The values of a definition's settings. */
export type SettingsOf<D extends Definition> = {
  readonly [M in keyof D]: D[M] extends Setting<infer T> ? T : never;
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that are not what they must be; the message names each, what it was and what is right. */
export class SettingsError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join(' '));
    this.name = 'SettingsError';
    this.problems = problems;
  }
}

/** A service's settings, in one place: what is read, checked and documented. */
export const defineSettings = <const D extends Definition>(definition: D): D =>
  Object.freeze(definition);

/** What the environment says of one setting. */
type Found =
  | { readonly type: 'nothing' }
  | { readonly type: 'text'; readonly text: string; readonly source: string }
  | { readonly type: 'problem'; readonly problem: string };

const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

const find = (name: string, environment: Environment): Found => {
  // Compose hands an unset variable on as an empty one.
  const text = environment[name] || undefined;
  const file = environment[`${name}_FILE`] || undefined;
  if (text !== undefined && file !== undefined)
    return { type: 'problem', problem: `${name} and ${name}_FILE are both set: set one of them.` };
  if (text !== undefined) return { type: 'text', text, source: name };
  if (file === undefined) return { type: 'nothing' };
  try {
    const content = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    return { type: 'text', text: content, source: `${name}_FILE` };
  } catch (error) {
    const problem = `${name}_FILE is ${file}, which cannot be read (${reasonOf(error)}).`;
    return { type: 'problem', problem };
  }
};

const readOne = (
  it: Setting<unknown>,
  environment: Environment,
): { readonly value: unknown } | { readonly problem: string } => {
  const found = find(it.name, environment);
  switch (found.type) {
    case 'problem':
      return found;
    case 'text': {
      const value = it.parse(found.text);
      if (value !== undefined) return { value };
      const was = it.secret ? 'is not usable' : `is ${JSON.stringify(found.text)}`;
      return { problem: `${found.source} ${was}: it must be ${it.expected}.` };
    }
    case 'nothing':
      switch (it.fallback.fallback) {
        case 'required':
          return { problem: `${it.name} or ${it.name}_FILE must be set: ${it.about}.` };
        case 'optional':
          return { value: undefined };
        case 'derived':
          return { value: it.fallback.derive() };
        case 'value':
          return { value: it.fallback.value };
      }
  }
};

/**
 * The settings that an environment means, frozen. An empty variable is one that is not set.
 * Throws a SettingsError that names everything that is wrong, at once.
 */
export const readSettings = <D extends Definition>(
  definition: D,
  environment: Environment,
): SettingsOf<D> => {
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [member, it] of Object.entries(definition)) {
    const read = readOne(it, environment);
    if ('problem' in read) problems.push(read.problem);
    else values[member] = read.value;
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return Object.freeze(values) as SettingsOf<D>;
};
