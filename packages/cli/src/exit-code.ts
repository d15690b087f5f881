/** Every way a command ends. */
export const exitCodes = {
  done: 0,
  /** The server refused it, or a part of it. */
  refused: 1,
  /** It was called wrongly. */
  usage: 2,
  /** No server was found, or none could be connected to. */
  unreachable: 3,
  /** The connection broke, and didn't come back in time. */
  lost: 4,
  /** Ctrl-C. */
  interrupted: 130,
  /** SIGTERM or SIGHUP. */
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends a command with a code, and a line that says why. */
export class Failure extends Error {
  readonly exitCode: ExitCode;

  constructor(kind: keyof typeof exitCodes, message: string) {
    super(message);
    this.exitCode = exitCodes[kind];
  }
}
