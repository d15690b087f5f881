import type { FastifyRequest } from 'fastify';
import type { FileInfo } from '../../files/store.ts';

/** Where this site is reached: at `set` when that is set, else as a request says, else at `own`. */
export type SiteAddress = { readonly set: string | undefined; readonly own: string };

const plainHost = /^([a-z0-9.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;

/** The path of a file on this site. Nobody can guess it: whoever was told it may have the file. */
export const filePath = ({ id, name }: Pick<FileInfo, 'id' | 'name'>): string =>
  `/f/${id}/${encodeURIComponent(name)}`;

/** Where a file is reached, at the address by which the request came. */
export const fileUrl = (
  request: FastifyRequest,
  file: Pick<FileInfo, 'id' | 'name'>,
  { set, own }: SiteAddress,
): string => {
  const host = request.host ?? '';
  const site = set ?? (plainHost.test(host) ? `${request.protocol}://${host}` : own);
  return site + filePath(file);
};
