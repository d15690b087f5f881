/** The database can't be used; the message says which file, what is wrong and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
