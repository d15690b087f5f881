import { Validator } from '@seriousme/openapi-schema-validator';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCore } from './core.ts';
import { furnisher, makeRoomFor } from './furnish.ts';

type Media = Record<string, { readonly schema: object; readonly example?: unknown }>;
type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly required?: boolean;
    readonly example?: string | number;
  }[];
  readonly requestBody?: { readonly content: Media };
  readonly responses: Record<string, { readonly content?: Media }>;
};
type Asked = Operation & { readonly path: string; readonly method: string };

let core: Awaited<ReturnType<typeof startTestCore>>;
let operations: readonly Asked[];
beforeAll(async () => {
  core = await startTestCore();
  const { paths } = (await core.order('GET', '/openapi.json')).json as unknown as {
    paths: Record<string, Record<string, Operation>>;
  };
  operations = Object.entries(paths).flatMap(([path, its]) =>
    Object.entries(its).map(([method, it]) => ({ ...it, path, method: method.toUpperCase() })),
  );
});
afterAll(() => core[Symbol.asyncDispose]());

/** What is told in JSON, of requests and of answers, each with its schema. */
const toldIn = ({ operationId, requestBody, responses }: Asked) =>
  [requestBody?.content, ...Object.values(responses).map((it) => it.content)].flatMap((content) =>
    Object.entries(content ?? {})
      .filter(([type]) => type.includes('json'))
      .map(([type, { schema, example }]) => ({ operationId, type, schema, example })),
  );

test('the document is OpenAPI 3.1', async () => {
  const document = (await core.order('GET', '/openapi.json')).json;
  expect(document).toMatchObject({ openapi: '3.1.0' });
  expect(await new Validator().validate(document)).toEqual({ valid: true });
});

test('every request and answer has an example, which is as its schema says', () => {
  for (const { operationId, type, schema, example } of operations.flatMap(toldIn)) {
    expect([operationId, type, example]).not.toEqual([operationId, type, undefined]);
    const problems = Compile(schema).Errors(example);
    expect([operationId, type, problems]).toEqual([operationId, type, []]);
  }
});

test('every example can be sent as it is, and is answered as the document says', {
  timeout: 120_000,
}, async () => {
  const furnish = furnisher(core);
  for (const { operationId, path, method, parameters = [], requestBody, responses } of operations) {
    const names: Readonly<Record<string, string>> = await furnish();
    const body = requestBody?.content['application/json']?.example as object | undefined;
    if (operationId.endsWith('.make'))
      await makeRoomFor(core, path, body !== undefined && 'name' in body && body.name);
    const named = (name: string, example: unknown): string =>
      names[path.startsWith('/v1/backups/') ? 'backup' : name] ?? String(example);
    const query = new URLSearchParams();
    let url = path;
    for (const { in: place, name, required, example } of parameters) {
      if (place === 'path')
        url = url.replace(`{${name}}`, encodeURIComponent(named(name, example)));
      if (place === 'query' && required) query.set(name, named(name, example));
    }
    const answer = await fetch(`http://127.0.0.1:${core.adminPort}${url}?${query}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      headers: {
        authorization: 'Bearer admin-token-of-a-test',
        ...(body !== undefined && core.json),
      },
    });
    const text = await answer.text();
    expect([operationId, answer.status, text]).toEqual([operationId, 200, text]);
    const told = responses['200']?.content?.['application/json'];
    if (told !== undefined)
      expect([operationId, Compile(told.schema).Errors(JSON.parse(text))]).toEqual([
        ...[operationId, []],
      ]);
  }
});
