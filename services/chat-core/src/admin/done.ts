import { Type } from 'typebox';

/** What is answered when there is nothing else to tell. */
export const Done = Type.Object({ done: Type.Literal(true) }, { examples: [{ done: true }] });
export const done = { done: true } as const;
