/** A place in a room's log as URLs and `Last-Event-ID` tell it: `41`, or `41@EPOCH`. */
export type Cursor = { readonly seq: number; readonly epoch?: string };

/** An epoch holds no more than an HTTP header may carry plainly. */
const pattern = /^(\d{1,15})(?:@([\w.-]{1,64}))?$/;

/** What a cursor says; `all` is before everything. Undefined when it is none. */
export const readCursor = (text: string): Cursor | undefined => {
  if (text === 'all') return { seq: 0 };
  const [, seq, epoch] = pattern.exec(text) ?? [];
  if (seq === undefined) return undefined;
  return { seq: Number(seq), ...(epoch !== undefined && { epoch }) };
};

export const cursorText = (seq: number, epoch: string): string => `${seq}@${epoch}`;
