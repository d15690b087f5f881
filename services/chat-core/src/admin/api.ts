import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Problem, problem, problemDocument } from '@partyline/protocol';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyTypeProvider,
  RawServerDefault,
} from 'fastify';
import { type Static, type TSchema, Type } from 'typebox';

/** Requests and answers are typed by the schemas that check and document them. */
interface TypeBoxProvider extends FastifyTypeProvider {
  validator: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
  serializer: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
}

/** The admin API as its routes see it. */
export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxProvider
>;

const ProblemDocument = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String(),
    detail: Type.Optional(Type.String()),
  },
  { additionalProperties: true, description: 'RFC 9457' },
);

type Refusal = {
  readonly description: string;
  readonly content: { 'application/problem+json': { schema: TSchema } };
};

const told = (it: Problem, description: string): Refusal => ({
  description,
  content: {
    'application/problem+json': {
      schema: ProblemDocument,
      ...{ example: problemDocument(it) },
    },
  },
});

/** What every route may answer beside its own answer. */
export const refusals = {
  '4xx': told(problem('room-unknown', { room: 'attic' }), 'Refused; `code` and `title` say why.'),
  '5xx': told(problem('unavailable'), 'Try again later.'),
} as const;

export const Milliseconds = (description: string) =>
  Type.Integer({ description: `${description}, in milliseconds since the Unix epoch` });

export const Limit = (most: number, usual: number) =>
  Type.Integer({ minimum: 1, maximum: most, default: usual });

export const RoomParams = Type.Object({
  room: Type.String({ description: "A room's name", examples: ['lobby'] }),
});
