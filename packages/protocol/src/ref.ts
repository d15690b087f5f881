import { Type } from 'typebox';
import { limits } from './limits.ts';
import type { Described } from './static.ts';

/**
 * Which event of a room is meant: by its number; or, for wires that show none, among the room's last
 * events and only of what was said: counted back (1 is the last), the last of a nick, one's own last.
 */
export const Ref = Type.Union([
  Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  Type.Object({ back: Type.Integer({ minimum: 1, maximum: limits.lastEvents }) }),
  Type.Object({ of: Type.String({ maxLength: 2 * limits.nickCodePoints }) }),
  Type.Object({ mine: Type.Literal(true) }),
]);
export type Ref = Described<typeof Ref>;
