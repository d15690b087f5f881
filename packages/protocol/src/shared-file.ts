import { Type } from 'typebox';
import type { Described } from './static.ts';

/** A file that somebody shared, where whoever knows its address may have it. */
export const SharedFile = Type.Object({
  name: Type.String({ maxLength: 256 }),
  /** Its media type, told from what it holds. */
  type: Type.String({ maxLength: 256 }),
  bytes: Type.Integer({ minimum: 1 }),
  url: Type.String({ maxLength: 2_048 }),
  /** Of a picture that may be shown where it is told: how large it is, in pixels, the right way up. */
  picture: Type.Optional(
    Type.Object({ width: Type.Integer({ minimum: 1 }), height: Type.Integer({ minimum: 1 }) }),
  ),
});
export type SharedFile = Described<typeof SharedFile>;
