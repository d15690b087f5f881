/** What a token of the admin API allows, each all that is before it too. */
export const scopes = ['read', 'moderate', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** Whether a token of one scope may do what needs another. */
export const covers = (has: Scope, needs: Scope): boolean =>
  scopes.indexOf(has) >= scopes.indexOf(needs);

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a token has to allow; every route of the admin API says so. */
    readonly scope?: Scope;
  }
}
