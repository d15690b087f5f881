import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';

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

/** One JSON object a line, on stdout unless another destination is given. Written at once: the last line before a crash is there. */
export const createLog = (options: LogOptions, destination?: DestinationStream): Log => {
  const { service, instance, level } = options;
  const settings = {
    level,
    base: { service, instance },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: secrets.flatMap((name) => [name, `*.${name}`, `*.headers.${name}`]),
  };
  return destination === undefined ? pino(settings) : pino(settings, destination);
};
