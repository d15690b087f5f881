import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { Limit } from './api.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The parameter that a page's `next` is given as, of what was asked; `after` when left out. */
    readonly nextAs?: (query: Readonly<Record<string, unknown>>) => 'after' | 'before';
  }
}

/** Where a page begins, and how long it is. */
export const pageQuery = (most = 1_000, usual = 100) => ({
  after: Type.String({ ...{ default: '', maxLength: 512 }, description: 'The last page’s `next`' }),
  limit: Limit(most, usual),
});

export const Next = Type.Optional(
  Type.String({ description: 'Give it as `after` for more; left out at the end' }),
);

/** A page, and where the rest begins if there is more. */
export type Page<T> = { readonly page: readonly T[]; readonly next?: string };

/** The page of what was found, one more having been asked for than it holds. */
export const pageOf = <T>(
  found: readonly T[],
  limit: number,
  cursorOf: (it: T) => string,
): Page<T> => {
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return { page, ...(last !== undefined && { next: cursorOf(last) }) };
};

/** A page of what is few enough to be read whole, in the order of the cursors. */
export const pageAmong = <T>(
  all: readonly T[],
  { after, limit }: { readonly after: string; readonly limit: number },
  cursorOf: (it: T) => string,
): Page<T> => {
  const rest = all
    .map((it) => ({ it, cursor: cursorOf(it) }))
    .filter(({ cursor }) => cursor > after)
    .sort((a, b) => (a.cursor < b.cursor ? -1 : 1))
    .slice(0, limit + 1);
  const { page, next } = pageOf(rest, limit, ({ cursor }) => cursor);
  return { page: page.map(({ it }) => it), ...(next !== undefined && { next }) };
};

/** A time as part of a cursor: the oldest first. */
export const timeCursor = (at: number): string => String(at).padStart(16, '0');
/** The same with the newest first. */
export const lateCursor = (at: number): string => timeCursor(Number.MAX_SAFE_INTEGER - at);

const positions = ['after', 'before', 'around', 'at'];

/** Has every page with more behind it say where that is (RFC 8288). */
export const linkPages = (api: FastifyInstance): void => {
  api.addHook('preSerialization', async (request, reply, body) => {
    if (typeof body !== 'object' || body === null || !('next' in body)) return body;
    const query = request.query as Record<string, unknown>;
    const { nextAs = () => 'after' } = request.routeOptions.config;
    const parameters = new URLSearchParams(request.url.split('?')[1] ?? '');
    for (const it of positions) parameters.delete(it);
    parameters.set(nextAs(query), String(body.next));
    const [path = ''] = request.url.split('?');
    reply.header('link', `<${path}?${parameters}>; rel="next"`);
    return body;
  });
};
