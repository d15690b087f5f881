import type { Request } from './request.ts';

/** `/NAME ARGS` as a use of what somebody registered; undefined for anything else. */
export const readSlash = (
  text: string,
): Omit<Extract<Request, { type: 'invoke' }>, 'room'> | undefined => {
  const [, name, args = ''] = /^\/([a-z0-9][a-z0-9_-]{0,31})(?:\s+(.*))?$/is.exec(text) ?? [];
  return name === undefined
    ? undefined
    : { type: 'invoke', name: name.toLowerCase(), args: args.trim() };
};
