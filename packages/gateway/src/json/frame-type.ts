import { limits, type Problem, problem } from '@partyline/protocol';
import { type Static, type TObject, type TProperties, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Request } from '../request.ts';

/** A member's schema; `description` says what would be right, the same in every language. */
export const text = Type.String({ description: 'string' });
export const name = Type.Optional(text);
export const id = Type.Optional(
  Type.String({ minLength: 1, maxLength: limits.idCodePoints, description: 'string' }),
);
/** A whole number; beyond the last that is exact, two would be one. */
export const whole = (minimum: number, maximum: number = Number.MAX_SAFE_INTEGER) =>
  Type.Integer({ minimum, maximum, description: `integer ${minimum}..${maximum}` });
export const count = (minimum: number, maximum?: number) => Type.Optional(whole(minimum, maximum));

/** The optional members that a client gave. */
export const given = <T extends object, K extends keyof T>(
  from: T,
  ...members: K[]
): Pick<T, K> => {
  const found: Partial<Pick<T, K>> = {};
  for (const member of members) if (Object.hasOwn(from, member)) found[member] = from[member];
  return found as Pick<T, K>;
};

/** Reads a frame of one type. */
export type Reader = (frame: object) => Request | Problem;

/** A type of frame: its members besides `type`, and the request they make. Members not named are ignored. */
export const frameType = <P extends TProperties>(
  members: P,
  request: (it: Static<TObject<P>>) => Request,
): Reader => {
  const check = Compile(Type.Object(members));
  return (frame) => {
    if (check.Check(frame)) return request(frame as Static<TObject<P>>);
    const [first] = check.Errors(frame);
    const member =
      first?.keyword === 'required'
        ? first.params.requiredProperties[0]
        : first?.instancePath.split('/')[1];
    return memberProblem(frame, member ?? '', members[member ?? '']);
  };
};

const memberProblem = (frame: object, member: string, schema: object | undefined): Problem => {
  if (member === 'id') return problem('id-bad', { limit: limits.idCodePoints });
  const { type, id } = frame as { type: string; id?: unknown };
  const expected = schema !== undefined && 'description' in schema ? `${schema.description}` : '';
  // The id goes along, so that a client which waits for its ack learns that there won't be one.
  const known = typeof id === 'string' && id.length <= limits.idCodePoints ? { id } : {};
  return problem('member-bad', { type, member, expected, ...known });
};
