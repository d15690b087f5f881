import type { TokenReader } from '../tokens/port.ts';
import type { TokenRow } from '../tokens/rows.ts';

export const tokenReaderOn = (tokens: ReadonlyMap<string, TokenRow>): TokenReader => ({
  byHash: async (hash) => [...tokens.values()].find((it) => it.hash === hash),
  named: async (name) => tokens.get(name),
  after: async (name, limit) =>
    [...tokens.values()]
      .filter((it) => it.name > name)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .slice(0, limit),
});
