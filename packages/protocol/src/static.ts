import type { Static, TSchema } from 'typebox';

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** The type of the values that a schema describes; nobody changes what crossed a process. */
export type Described<Schema extends TSchema> = DeepReadonly<Static<Schema>>;
