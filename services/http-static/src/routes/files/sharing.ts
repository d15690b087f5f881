import type { Readable } from 'node:stream';
import { isProblem, type Problem, problem } from '@partyline/protocol';
import { addressBlock } from '@partyline/service';
import type { FastifyRequest } from 'fastify';
import { sizeText } from '../../files/size-text.ts';
import type { FileInfo, FileStore } from '../../files/store.ts';
import type { Said, Speaker } from '../../line/speaker.ts';
import type { Floods } from '../../visitors/floods.ts';
import { type Visitor, visitorOf } from '../../visitors/visitor.ts';

export type SharingParts = {
  readonly files: FileStore;
  readonly speaker: Speaker;
  readonly floods: Floods;
  readonly where: SiteAddress;
};

/** Where this site is reached: at `set` when that is set, else as a request says, else at `own`. */
export type SiteAddress = { readonly set: string | undefined; readonly own: string };

/** A file that was told to a room. */
export type Shared = Said & {
  readonly file: Pick<FileInfo, 'name' | 'type' | 'bytes' | 'sha256'> & { readonly url: string };
};

/** A client that sends nothing for so long, while it uploads, is gone. */
const STALL_MS = 60_000;

const plainHost = /^([a-z0-9.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;

/** Where a file is reached, at the address by which the request came. */
export const fileUrl = (
  request: FastifyRequest,
  { id, name }: Pick<FileInfo, 'id' | 'name'>,
  { set, own }: SiteAddress,
): string => {
  const host = request.host ?? '';
  const site = set ?? (plainHost.test(host) ? `${request.protocol}://${host}` : own);
  return `${site}/f/${id}/${encodeURIComponent(name)}`;
};

/** Whether what came is what the client said it would be (RFC 9530); true when it said nothing we know. */
const hasDigest = ({ headers }: FastifyRequest, { sha256 }: FileInfo): boolean => {
  const said = headers['repr-digest'] ?? headers['content-digest'];
  const [, digest] = /\bsha-256=:([A-Za-z0-9+/=]+):/.exec(String(said)) ?? [];
  return digest === undefined || Buffer.from(digest, 'base64').toString('hex') === sha256;
};

/** Who shares something in a room, once the room has let them in. */
export type Sharer = { readonly visitor: Visitor; readonly place: string };

/** Takes files in for rooms: at the door first, then to the disk, then told in the room. */
export const createSharing = ({ files, speaker, floods, where }: SharingParts) => {
  /** Tells a room of a file; one that the room can't be told of isn't kept. */
  const tell = async (
    request: FastifyRequest,
    visitor: Visitor,
    room: string,
    file: FileInfo,
    caption = '',
  ): Promise<Shared | Problem> => {
    const url = fileUrl(request, file, where);
    const { id, name, type, bytes, sha256 } = file;
    const link = `${name} (${sizeText(bytes)}) ${url}`;
    const text = caption === '' ? link : `${caption}\n${link}`;
    const said = hasDigest(request, file)
      ? await speaker.say(visitor, { room, text, id: `file-${id}` })
      : problem('request-bad', { reason: 'What came does not have the digest that was said.' });
    if (!isProblem(said)) return { ...said, file: { name, type, bytes, sha256, url } };
    await files.remove(file);
    return said;
  };

  return {
    tell,

    /** Whether the visitor may share something of that size, in a room if one is meant; asked before anything is read. */
    admit: async (
      request: FastifyRequest,
      room: string | undefined,
      bytes: number | undefined,
    ): Promise<Sharer | Problem> => {
      const visitor = visitorOf(request);
      if (isProblem(visitor)) return visitor;
      const place = addressBlock(visitor.address);
      const refusal = floods.take(visitor.address) ?? files.quota.refusal(place, bytes ?? 0);
      if (refusal !== undefined) return refusal;
      if (room === undefined) return { visitor, place };
      const nick = await speaker.knock(visitor, room);
      return isProblem(nick) ? nick : { visitor: { ...visitor, nick }, place };
    },

    /** Keeps a file and tells the room. */
    share: async (
      request: FastifyRequest,
      { visitor, place }: Sharer,
      room: string,
      content: Readable,
      { name, caption = '' }: { readonly name: string; readonly caption?: string },
    ): Promise<Shared | Problem> => {
      const file = await unlessStalled(request, () => files.receive(content, { name, place }));
      return isProblem(file) ? file : tell(request, visitor, room, file, caption);
    },
  };
};
export type Sharing = ReturnType<typeof createSharing>;

/** Cuts a client off that sends nothing for long while its body is read. */
export const unlessStalled = async <T>(
  { raw }: FastifyRequest,
  read: () => Promise<T>,
): Promise<T> => {
  raw.setTimeout(STALL_MS, () => raw.destroy());
  try {
    return await read();
  } finally {
    raw.setTimeout(0);
  }
};
