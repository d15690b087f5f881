import { expect, test } from 'vitest';
import { commands } from './command.ts';
import { schemas } from './schemas.ts';

test('tells everything on the bus as plain JSON Schema', () => {
  const documents = JSON.parse(JSON.stringify(schemas));
  expect(documents.Envelope.anyOf).toHaveLength(Object.keys(commands).length);
  expect(documents.Event).toMatchObject({
    type: 'object',
    properties: { seq: { type: 'integer', minimum: 1 }, text: { type: 'string' } },
  });
  expect(documents.Event.required).not.toContain('to');
  const types = documents.StreamLine.anyOf.map(
    (it: { properties: { type: { const: string } } }) => it.properties.type.const,
  );
  expect(types).toContain('welcome');
});
