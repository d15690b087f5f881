import type { Readable } from 'node:stream';
import { isProblem, type Problem, type ProblemCode, problem } from '@partyline/protocol';
import type { FastifyRequest } from 'fastify';
import { sizeText } from '../../files/size-text.ts';
import type { FileInfo, FileStore } from '../../files/store.ts';
import type { Said, Speaker } from '../../line/speaker.ts';
import type { Spokesman } from '../../line/spokesman.ts';
import type { Floods } from '../../visitors/floods.ts';
import type { Sharer, SharerOf } from '../../visitors/sharer.ts';
import { fileUrl, type SiteAddress } from './file-url.ts';
import { unlessStalled } from './stall.ts';

export type SharingParts = {
  readonly files: FileStore;
  readonly speaker: Speaker;
  readonly spokesman: Spokesman;
  readonly sharerOf: SharerOf;
  readonly floods: Floods;
  readonly where: SiteAddress;
};

/** A file that was told to a room. */
export type Shared = Said & {
  readonly file: Pick<FileInfo, 'name' | 'type' | 'bytes' | 'sha256'> & { readonly url: string };
};

/** Whether what came is what the client said it would be (RFC 9530); true when it said nothing we know. */
const hasDigest = ({ headers }: FastifyRequest, { sha256 }: FileInfo): boolean => {
  const said = headers['repr-digest'] ?? headers['content-digest'];
  const [, digest] = /\bsha-256=:([A-Za-z0-9+/=]+):/.exec(String(said)) ?? [];
  return digest === undefined || Buffer.from(digest, 'base64').toString('hex') === sha256;
};

/** Why a file that is here is not told yet, but may be when it is tried again. */
const passing: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  ...(['unavailable', 'slow-mode', 'flood', 'ticket-bad', 'session-unknown'] as const),
]);

/** Whether it is worth while to keep a file that a room couldn't be told of. */
export const isPassing = ({ code }: Problem): boolean => passing.has(code);

/** Takes files in for rooms: at the door first, then to the disk, then told in the room. */
export const createSharing = (parts: SharingParts) => {
  const { files, speaker, spokesman, sharerOf, floods, where } = parts;

  /** Tells a room of a file; what becomes of one that the room can't be told of is the caller's. */
  const tell = async (
    request: FastifyRequest,
    sharer: Sharer,
    room: string,
    file: FileInfo,
    caption = '',
  ): Promise<Shared | Problem> => {
    if (!hasDigest(request, file))
      return problem('request-bad', {
        reason: 'What came does not have the digest that was said.',
      });
    const url = fileUrl(request, file, where);
    const { name, type, bytes, sha256, picture } = file;
    const link = `${name} (${sizeText(bytes)}) ${url}`;
    const shown = { name, type, bytes, url, ...(picture !== undefined && { picture }) };
    const telling = {
      text: caption === '' ? link : `${caption}\n${link}`,
      card: { type: 'file', file: shown },
      id: `file-${file.id}`,
    } as const;
    const said =
      sharer.as === 'session'
        ? await spokesman(sharer.ticket, telling)
        : await speaker.say(sharer.visitor, { room, ...telling });
    return isProblem(said) ? said : { ...said, file: { name, type, bytes, sha256, url } };
  };

  /** The place that somebody shares in; that of their ticket when they have one. */
  const placeOf = (sharer: Sharer, room: string | undefined): string | undefined | Problem => {
    if (sharer.as === 'visitor') return room;
    const { room: own } = sharer.ticket;
    return room === undefined || room === own ? own : problem('ticket-bad');
  };

  return {
    tell,
    sharerOf,

    /**
     * Whether somebody may share something of that size, in a room if one is meant; asked before
     * anything is read. Whoever has a ticket was let in when it was given.
     */
    admit: async (
      request: FastifyRequest,
      asked: string | undefined,
      bytes: number | undefined,
    ): Promise<{ readonly sharer: Sharer; readonly room: string | undefined } | Problem> => {
      const sharer = sharerOf(request);
      if (isProblem(sharer)) return sharer;
      const refusal = floods.take(sharer.address) ?? files.quota.refusal(sharer.place, bytes ?? 0);
      if (refusal !== undefined) return refusal;
      const room = placeOf(sharer, asked);
      if (isProblem(room)) return room;
      if (room === undefined || sharer.as === 'session') return { sharer, room };
      const nick = await speaker.knock(sharer.visitor, room);
      if (isProblem(nick)) return nick;
      return { sharer: { ...sharer, visitor: { ...sharer.visitor, nick } }, room };
    },

    /** Keeps a file and tells the room; keeps none that the room can't be told of. */
    share: async (
      request: FastifyRequest,
      sharer: Sharer,
      room: string,
      content: Readable,
      { name, caption = '' }: { readonly name: string; readonly caption?: string },
    ): Promise<Shared | Problem> => {
      const { place } = sharer;
      const file = await unlessStalled(request, () => files.receive(content, { name, place }));
      if (isProblem(file)) return file;
      const shared = await tell(request, sharer, room, file, caption);
      if (isProblem(shared)) await files.remove(file);
      return shared;
    },
  };
};
export type Sharing = ReturnType<typeof createSharing>;
