import { StoreError } from '../store-error.ts';

/** An export can't be taken in; the message says which line, what is wrong and what would be right. */
export class TransferError extends StoreError {
  constructor(line: number, what: string, cause?: unknown) {
    super(`Line ${line}: ${what}. Nothing was imported.`, { cause });
  }
}
