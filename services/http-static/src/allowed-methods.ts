import type { FastifyInstance } from 'fastify';

/** Which methods a path takes, by what was registered; files, which only are read, aside. */
export type AllowedMethods = (path: string) => readonly string[];

/** A pattern of the router as an expression: `:name` is one part of a path. */
const expressionOf = (pattern: string): RegExp => {
  const parts = pattern
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : RegExp.escape(part)));
  return new RegExp(`^${parts.join('/')}$`);
};

/** Learns of the routes that are added from now on. */
export const learnMethods = (site: FastifyInstance): AllowedMethods => {
  const routes: { readonly expression: RegExp; readonly methods: readonly string[] }[] = [];
  site.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    routes.push({ expression: expressionOf(url), methods: [method].flat() });
  });
  return (path) => {
    const found = routes.filter(({ expression }) => expression.test(path));
    return [...new Set(found.flatMap(({ methods }) => methods))].toSorted();
  };
};
