import type { Socket } from 'node:net';

/** Why the beginning of a stream was not to be had: nothing came in time, or the client went. */
export type NoHead = 'silent' | 'gone';

export type HeadReader = {
  readonly withinMs: number;
  /** How many of the bytes that came are the head; undefined while that can't be said. It must be said of bounded bytes. */
  look(bytes: Buffer): number | undefined;
  /** The head was read; what comes after it is still to be read from the socket. */
  found(head: Buffer): void;
  missed(why: NoHead): void;
};

const ignore = (): void => {};

/** Reads what a socket sends first, and nothing more of it. */
export const readHead = (socket: Socket, reader: HeadReader): void => {
  let kept: Buffer | undefined;
  const stop = (): void => {
    clearTimeout(timer);
    socket.off('readable', read).off('end', gone).off('close', gone).off('error', ignore);
  };
  const miss = (why: NoHead): void => {
    stop();
    socket.on('error', ignore);
    reader.missed(why);
  };
  const gone = (): void => miss('gone');
  const read = (): void => {
    const bytes: Buffer | null = socket.read();
    if (bytes === null) return;
    kept = kept === undefined ? bytes : Buffer.concat([kept, bytes]);
    const length = reader.look(kept);
    if (length === undefined) return;
    stop();
    if (length < kept.length) socket.unshift(kept.subarray(length));
    reader.found(kept.subarray(0, length));
  };
  const timer = setTimeout(() => miss('silent'), reader.withinMs);
  socket.on('readable', read).on('end', gone).on('close', gone).on('error', ignore);
};
