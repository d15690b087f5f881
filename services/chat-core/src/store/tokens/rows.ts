/** What a token of the admin API allows, each all that is before it too. */
export const scopes = ['read', 'moderate', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** A token of the admin API that the API itself made. */
export type TokenRow = {
  readonly name: string;
  /** SHA-256 of the token, base64url: whoever reads the database can't use it. */
  readonly hash: string;
  readonly scope: Scope;
  readonly createdAt: number;
  /** When it ends by itself; null: when it is revoked. */
  readonly until: number | null;
};
