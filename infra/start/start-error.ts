/** Why the system could not start, in words for the person who started it. */
export class StartError extends Error {
  override readonly name = 'StartError';
  /** 78 (sysexits.h: EX_CONFIG) when a setting is wrong, else 1. */
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
