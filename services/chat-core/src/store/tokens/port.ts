import type { TokenRow } from './rows.ts';

/** What can be read of the admin API's tokens beside the writer. */
export interface TokenReader {
  /** The token that has a hash. */
  byHash(hash: string): Promise<TokenRow | undefined>;
  named(name: string): Promise<TokenRow | undefined>;
  /** By name, after one. */
  after(name: string, limit: number): Promise<readonly TokenRow[]>;
}
