import type { Capabilities, CapabilityName } from '../capabilities.ts';
import { escapeTag, LINE_BYTES } from './message.ts';
import { clipBytes } from './split.ts';

/** A line to a client. What its capabilities don't cover is left out when it is written. */
export type Line = {
  readonly tags?: Readonly<Record<string, string>>;
  /** Who says it: the server when left out; nobody when empty. */
  readonly source?: string;
  readonly command: string;
  readonly params: readonly string[];
};

/** The server's name, as prefix of what it says. */
export const SERVER = 'irc.partyline';

/** Which capability a client needs to be sent a tag. */
const tagCapabilities: Readonly<Record<string, CapabilityName>> = {
  ...{ time: 'server-time', account: 'account-tag', batch: 'batch', label: 'labeled-response' },
};

const tagText = ({ tags = {} }: Line, caps: Capabilities): string => {
  const shown = Object.entries(tags).filter(([key]) =>
    caps.has(tagCapabilities[key] ?? 'message-tags'),
  );
  if (shown.length === 0) return '';
  const parts = shown.map(([key, value]) => (value === '' ? key : `${key}=${escapeTag(value)}`));
  return `@${parts.join(';')} `;
};

/** Commands whose last parameter is a text, and bears its colon as clients are used to it. */
const textual: ReadonlySet<string> = new Set([
  ...[
    'AWAY',
    'ERROR',
    'KICK',
    'NOTICE',
    'PART',
    'PRIVMSG',
    'QUIT',
    'SETNAME',
    'TOPIC',
    '332',
    '353',
  ],
]);

const isMiddle = (param: string): boolean => param !== '' && !/[ ]|^:/.test(param);

/** A line as it stands on the wire, without its end; never longer than the wire allows. */
export const lineText = (line: Line, caps: Capabilities): string => {
  const { source = SERVER, command, params } = line;
  const last = params.length - 1;
  const isText = textual.has(command);
  const texts = params.map((param, index) => {
    // Nothing that is said may begin a line of its own.
    const safe = param.replace(/[\r\n\0]+/g, ' ');
    if (index === last) return isText || !isMiddle(safe) ? `:${safe}` : safe;
    // Nor may what a client sent become several parameters when it is told back.
    return isMiddle(safe) ? safe : safe.replace(/^:| /g, '_') || '*';
  });
  const prefix = source === '' ? '' : `:${source} `;
  const body = [`${prefix}${command}`, ...texts].join(' ');
  return `${tagText(line, caps)}${clipBytes(body, LINE_BYTES)}`;
};

/** A line with one more tag. */
export const tagged = (line: Line, tags: Readonly<Record<string, string>>): Line => ({
  ...line,
  tags: { ...line.tags, ...tags },
});
