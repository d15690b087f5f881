/** The part of JSON Schema that the admin API's document uses. */
export type Schema = {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
};

type Media = Readonly<Record<string, { readonly schema?: Schema }>>;

type Described = {
  readonly operationId?: string;
  readonly summary?: string;
  readonly 'x-scope'?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: { readonly content?: Media };
};

/** Something that an operation is told. */
export type Field = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'body';
  /** It has to be given: there is nothing that is meant without it. */
  readonly required: boolean;
  readonly description: string;
  readonly schema: Schema;
};

/** Something that the admin API does. */
export type Operation = {
  /** `rooms.ban` */
  readonly id: string;
  /** How it is called: `rooms`, `ban`. */
  readonly words: readonly string[];
  readonly method: string;
  /** With `{name}` where a field of the path belongs. */
  readonly path: string;
  readonly summary: string;
  /** What a token has to allow. */
  readonly scope: string | undefined;
  /** Those of the path first, then the query's, then the body's. */
  readonly fields: readonly Field[];
  /** The media type of what is sent; undefined when nothing is. */
  readonly sends: string | undefined;
};

export const JSON_TYPE = 'application/json';
const methods = ['get', 'post', 'put', 'patch', 'delete'];

const places = { path: 0, query: 1, body: 2 } as const;

const parametersOf = ({ parameters = [] }: Described): Field[] =>
  parameters.flatMap(({ name, in: place, required, description, schema = {} }) =>
    place === 'path' || place === 'query'
      ? [
          {
            ...{ name, in: place, schema },
            required: required === true && schema.default === undefined,
            description: description ?? schema.description ?? '',
          } as const,
        ]
      : [],
  );

const membersOf = ({ properties = {}, required = [] }: Schema): Field[] =>
  Object.entries(properties).map(([name, schema]) => ({
    ...{ name, in: 'body', schema, description: schema.description ?? '' },
    required: required.includes(name) && schema.default === undefined,
  }));

const operationOf = (path: string, method: string, it: Described): Operation | undefined => {
  const { operationId: id, summary = '', requestBody } = it;
  if (id === undefined) return undefined;
  const content = requestBody?.content ?? {};
  const [sends] = Object.keys(content);
  const body = sends === JSON_TYPE ? membersOf(content[JSON_TYPE]?.schema ?? {}) : [];
  const fields = [...parametersOf(it), ...body].sort((a, b) => places[a.in] - places[b.in]);
  return {
    ...{ id, words: id.split('.'), method: method.toUpperCase(), path, summary, fields, sends },
    scope: it['x-scope'],
  };
};

/** What an OpenAPI document says can be done, in its order. */
export const operationsOf = (document: unknown): readonly Operation[] => {
  const { paths = {} } = document as {
    readonly paths?: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  };
  return Object.entries(paths).flatMap(([path, its]) =>
    methods.flatMap((method) => {
      const it = its[method];
      return (it && operationOf(path, method, it)) ?? [];
    }),
  );
};
