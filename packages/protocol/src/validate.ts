import { Compile } from 'typebox/compile';
import { type CommandType, commands, type Envelope, envelopeOf } from './command.ts';
import { limits } from './limits.ts';
import { type Problem, problem } from './problem.ts';

const compiled = Object.fromEntries(
  (Object.keys(commands) as CommandType[]).map((type) => [type, Compile(envelopeOf(type))]),
) as unknown as Record<CommandType, ReturnType<typeof Compile>>;

const isCommandType = (type: unknown): type is CommandType =>
  typeof type === 'string' && Object.hasOwn(commands, type);

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
    return problem('type-unknown', { type: String(type), types: Object.keys(commands).join(', ') });
  const check = compiled[type];
  if (check.Check(value)) return value as Envelope;
  const [first] = check.Errors(value);
  const member = first?.instancePath.slice(1).replaceAll('/', '.') || 'envelope';
  if (member === 'id') return problem('id-bad', { limit: limits.idCodePoints });
  const expected = first?.message.replace(/^must be /, '') ?? 'as documented';
  return problem('member-bad', { type, member, expected });
};

/** Whether what a function gave is a problem. */
export const isProblem = (it: unknown): it is Problem =>
  typeof it === 'object' && it !== null && 'code' in it && 'message' in it;
