import { Compile } from 'typebox/compile';
import { type CommandType, commands, type Envelope, envelopeOf } from './command.ts';
import { limits } from './limits.ts';
import { type Problem, problem } from './problem.ts';

/** Compiled when the first of its type comes: most programs that load this never read an envelope. */
const compiled: Partial<Record<CommandType, ReturnType<typeof Compile>>> = {};
const checkOf = (type: CommandType) => {
  compiled[type] ??= Compile(envelopeOf(type));
  return compiled[type];
};

const isCommandType = (type: unknown): type is CommandType =>
  typeof type === 'string' && Object.hasOwn(commands, type);

/** What somebody gave for a type, short enough to be told back. */
const told = (type: unknown): string =>
  typeof type === 'string' ? JSON.stringify(type.slice(0, 32)) : typeof type;

/** The envelope that one NDJSON line of a publish holds, or what is wrong with the line. */
export const parseEnvelope = (line: string): Envelope | Problem => {
  let value: { command?: { type?: unknown } } | null;
  try {
    value = JSON.parse(line);
  } catch {
    return problem('json-bad');
  }
  const type = value?.command?.type;
  if (!isCommandType(type))
    return problem('type-unknown', { type: told(type), types: Object.keys(commands).join(', ') });
  const check = checkOf(type);
  if (check.Check(value)) return value as Envelope;
  const [first] = check.Errors(value);
  if (first === undefined) return problem('internal');
  const isMissing = first.keyword === 'required';
  const path = first.instancePath.split('/').slice(1);
  const member = [...path, ...(isMissing ? first.params.requiredProperties.slice(0, 1) : [])];
  if (member[0] === 'id') return problem('id-bad', { limit: limits.idCodePoints });
  const expected = isMissing ? 'given' : first.message.replace(/^must be /, '');
  return problem('member-bad', { type, member: member.join('.'), expected });
};

/** Whether what a function gave is a problem. */
export const isProblem = (it: unknown): it is Problem =>
  typeof it === 'object' && it !== null && 'code' in it && 'message' in it;
