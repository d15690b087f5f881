import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino';

/** Structured log: `log.info({ room }, 'what happened')`. */
export type Log = Logger;

export type LogOptions = {
  readonly service: string;
  readonly instance: string;
  readonly level: string;
};

const secrets = [
  'password',
  'token',
  'secret',
  'authorization',
  'cookie',
  'busToken',
  'adminToken',
];

/**
 * Written before the call returns: the last lines before an exit or a crash are there, in order,
 * which pino's own default (a write under way while another one flushes at exit) doesn't keep.
 */
const stdout = (): DestinationStream => destination({ dest: 1, sync: true });

/** One JSON object a line, on stdout unless another stream is given. */
export const createLog = (options: LogOptions, stream: DestinationStream = stdout()): Log => {
  const { service, instance, level } = options;
  return pino(
    {
      level,
      base: { service, instance },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label: string) => ({ level: label }) },
      redact: secrets.flatMap((name) => [name, `*.${name}`, `*.headers.${name}`]),
    },
    stream,
  );
};
