/** What it came to that somebody gave the own account another password. */
export type PasswordChange = {
  /** Other sessions of the account, which came in with the old one and were ended. */
  readonly ended: number;
  /** Certificates by which whoever shows them still comes in. */
  readonly certificates: number;
};
