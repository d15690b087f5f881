import { styleText } from 'node:util';
import { StartError } from './start-error.ts';
import type { WayIn } from './ways-in.ts';

/** Where the supervisor and its services write: one line of JSON a record, or lines for people. */
export type Journal = {
  /** A word of the supervisor's own. */
  say(
    level: 'info' | 'warn' | 'error',
    message: string,
    fields?: Readonly<Record<string, unknown>>,
  ): void;
  /** A line that a service wrote; gives its words when it is an error. */
  pass(service: string, line: string): string | undefined;
  /** The system is up: how to join it. */
  welcome(ways: readonly WayIn[]): void;
};

type Entry = Readonly<Record<string, unknown>>;
type Write = (text: string) => void;

const supervisor = 'start';

const parse = (line: string): Entry | undefined => {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

/** What an entry says when it is of an error: its message, and that of the error. */
const words = ({ level, msg, err }: Entry): string | undefined => {
  if (level !== 'error' && level !== 'fatal') return undefined;
  const cause = (err as { message?: string } | undefined)?.message;
  return [msg, cause].filter((it) => it !== undefined).join(': ');
};

/** The line of Node's own report of a crash that says why. */
const outcry = (line: string): string | undefined => (/^\w*Error\b/.test(line) ? line : undefined);

/** JSON lines; what a service wrote otherwise (a crash of Node's own) becomes a record as well. */
export const jsonJournal = (write: Write, now: () => Date): Journal => {
  const record = (service: string, level: string, msg: string, fields?: Entry) =>
    write(`${JSON.stringify({ level, time: now().toISOString(), service, ...fields, msg })}\n`);
  return {
    say: (level, message, fields) => record(supervisor, level, message, fields),
    pass(service, line) {
      const entry = parse(line);
      if (entry === undefined) {
        record(service, 'error', line);
        return outcry(line);
      }
      write(`${line}\n`);
      return words(entry);
    },
    welcome(ways) {
      record(supervisor, 'info', 'ready');
      for (const { wire, paste } of ways) record(supervisor, 'info', 'join', { wire, paste });
    },
  };
};

const colours = [
  'cyan',
  'green',
  'magenta',
  'yellow',
  'blue',
  'cyanBright',
  'greenBright',
] as const;
const levelColours: Readonly<Record<string, 'yellow' | 'red'>> = {
  warn: 'yellow',
  error: 'red',
  fatal: 'red',
};
/** Members of a record that the prefix tells already, or that only machines need. */
const untold = new Set([
  'level',
  'time',
  'pid',
  'hostname',
  'service',
  'instance',
  'msg',
  'v',
  'err',
]);

const clock = (at: Date) => at.toTimeString().slice(0, 8);

/** A line a record, prefixed by the service, for a person at a terminal. */
export const prettyJournal = (
  names: readonly string[],
  write: Write,
  now: () => Date,
  colour: boolean,
): Journal => {
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const width = Math.max(supervisor.length, ...names.map((name) => name.length));
  const prefix = (service: string, at: Date) => {
    const style = colours[names.indexOf(service)] ?? 'dim';
    return `${paint('dim', clock(at))} ${paint(style, service.padEnd(width))} `;
  };
  const line = (service: string, at: Date, level: string, msg: string, fields: Entry) => {
    const style = levelColours[level];
    const told = Object.entries(fields)
      .filter(([key]) => !untold.has(key))
      .map(([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join('');
    const stack = (fields.err as { stack?: string } | undefined)?.stack;
    write(
      `${prefix(service, at)}${style ? paint(style, `${level}: ${msg}`) : msg}${told && paint('dim', told)}\n${stack ? `${stack}\n` : ''}`,
    );
  };
  return {
    say: (level, message, fields = {}) => line(supervisor, now(), level, message, fields),
    pass(service, text) {
      const entry = parse(text);
      if (entry === undefined) {
        write(`${prefix(service, now())}${text}\n`);
        return outcry(text);
      }
      const at = typeof entry.time === 'string' ? new Date(entry.time) : now();
      line(service, at, String(entry.level), String(entry.msg), entry);
      return words(entry);
    },
    welcome(ways) {
      const wide = Math.max(...ways.map(({ wire }) => wire.length));
      const rows = ways.map(
        ({ wire, paste }) => `  ${wire.padEnd(wide)}  ${paint('bold', paste)}\n`,
      );
      write(
        `\n${paint(['bold', 'green'], 'The line is live.')} Join from any wire:\n${rows.join('')}\n`,
      );
    },
  };
};

/** The journal of this process on stdout, in the format of PARTYLINE_LOG_FORMAT. */
export const createJournal = (
  format: string | undefined,
  services: readonly { readonly name: string }[],
): Journal => {
  const { stdout } = process;
  const write = (text: string) => void stdout.write(text);
  const now = () => new Date();
  switch (format ?? (stdout.isTTY ? 'pretty' : 'json')) {
    case 'json':
      return jsonJournal(write, now);
    case 'pretty': {
      const names = services.map(({ name }) => name);
      return prettyJournal(names, write, now, stdout.hasColors?.() ?? false);
    }
    default:
      throw new StartError(`PARTYLINE_LOG_FORMAT is "${format}"; it can be pretty or json.`, 78);
  }
};
