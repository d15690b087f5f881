import { limits, type Problem, problem } from '@partyline/protocol';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';

/** What somebody who knows a webhook's address wants said. */
export type Saying = {
  readonly text: string;
  /** Under another name than the webhook's own. */
  readonly nick?: string;
  /** The same id again is the same message. */
  readonly id?: string;
};

const members = {
  text: Type.String(),
  nick: Type.Optional(Type.String({ maxLength: 2 * limits.nickCodePoints })),
  id: Type.Optional(Type.String({ minLength: 1, maxLength: limits.idCodePoints })),
};
const saying = Compile(Type.Object(members));

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const checked = (value: unknown): Saying | Problem => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return problem('json-bad');
  if (saying.Check(value)) {
    const { text, nick, id } = value;
    return { text, ...(nick !== undefined && { nick }), ...(id !== undefined && { id }) };
  }
  const [first] = saying.Errors(value);
  const member = first?.instancePath.slice(1) || 'text';
  if (member === 'id') return problem('id-bad', { limit: limits.idCodePoints });
  const expected = member === 'text' ? 'a string' : 'a nickname';
  return problem('member-bad', { type: 'webhook', member, expected });
};

/** A form with a field `text`; undefined when it is none. */
const readForm = (body: string): Saying | Problem | undefined => {
  const fields = new URLSearchParams(body);
  const text = fields.get('text');
  if (text === null || ![...fields.keys()].every((it) => Object.hasOwn(members, it)))
    return undefined;
  return checked(Object.fromEntries(fields));
};

/**
 * What a body says: a JSON object, a form, or plain text. `curl -d 'deploy done'` sends text and
 * calls it a form, and so does `curl -d '{"text":"deploy done"}'`: what such a body is like decides.
 */
export const readSaying = (body: string, contentType: string): Saying | Problem => {
  const [type = ''] = contentType.toLowerCase().split(';', 1);
  switch (type.trim()) {
    case 'application/json':
      return checked(parsed(body));
    case 'application/x-www-form-urlencoded': {
      const value = parsed(body);
      if (typeof value === 'object' && value !== null && 'text' in value) return checked(value);
      return readForm(body) ?? { text: body };
    }
    default:
      return { text: body };
  }
};

/** The key of an `Idempotency-Key` header: a string in quotes, or as many send it, without them. */
export const idempotencyKey = (header: unknown): string | undefined => {
  if (typeof header !== 'string') return undefined;
  return /^"(.*)"$/.exec(header.trim())?.[1] ?? header.trim();
};
