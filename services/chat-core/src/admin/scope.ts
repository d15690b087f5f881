import { type Scope, scopes } from '../store/tokens/rows.ts';

/** Whether a token of one scope may do what needs another. */
export const covers = (has: Scope, needs: Scope): boolean =>
  scopes.indexOf(has) >= scopes.indexOf(needs);

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a token has to allow; every route of the admin API says so. */
    readonly scope?: Scope;
  }
}
