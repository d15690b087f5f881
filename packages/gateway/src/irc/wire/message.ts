/** Tags of a message by key; an empty value is none. */
export type Tags = ReadonlyMap<string, string>;

/** A message as a client sent it. */
export type IrcMessage = {
  readonly tags: Tags;
  /** In upper case. */
  readonly command: string;
  readonly params: readonly string[];
};

/** Bytes of a line without its end and without tags (RFC 1459 §2.3: 512 with CR LF). */
export const LINE_BYTES = 510;
/** Bytes of the tags that a client sends, between `@` and the space (message-tags: "Size limit"). */
export const CLIENT_TAG_BYTES = 4094;
/** Parameters of one message (RFC 1459 §2.3). */
const MOST_PARAMS = 15;

const escapes: Readonly<Record<string, string>> = {
  ...{ ';': '\\:', ' ': '\\s', '\\': '\\\\', '\r': '\\r', '\n': '\\n' },
};
const meanings: Readonly<Record<string, string>> = {
  ...{ ':': ';', s: ' ', '\\': '\\', r: '\r', n: '\n' },
};

/** A tag's value as it stands in a line (message-tags: "Escaping values"). */
export const escapeTag = (value: string): string =>
  value.replace(/[; \\\r\n]/g, (letter) => escapes[letter] ?? '').replaceAll('\0', '');

const unescapeTag = (value: string): string =>
  value.replace(/\\(.?)/gs, (_, letter: string) => meanings[letter] ?? letter);

const parseTags = (text: string): Tags =>
  new Map(
    text.split(';').flatMap((tag) => {
      const at = tag.indexOf('=');
      const key = at === -1 ? tag : tag.slice(0, at);
      return key === '' ? [] : [[key, at === -1 ? '' : unescapeTag(tag.slice(at + 1))] as const];
    }),
  );

/** Parameters, of which one that begins with a colon is the last and may hold spaces. */
const parseParams = (text: string): string[] => {
  const params: string[] = [];
  let rest = text;
  for (;;) {
    rest = rest.replace(/^ +/, '');
    if (rest === '') return params;
    if (rest.startsWith(':')) return [...params, rest.slice(1)];
    if (params.length === MOST_PARAMS - 1) return [...params, rest];
    const end = rest.indexOf(' ');
    if (end === -1) return [...params, rest];
    params.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
};

/** What a line says, ended or not; undefined when it says nothing. */
export const parseMessage = (line: string): IrcMessage | 'too-long' | undefined => {
  const unended = line.replace(/\r?\n?$/, '');
  const [, tagText, rest = ''] = /^(?:@([^ ]*)(?: +|$))?(.*)$/s.exec(unended) ?? [];
  if (tagText !== undefined && Buffer.byteLength(tagText) > CLIENT_TAG_BYTES) return 'too-long';
  if (Buffer.byteLength(rest) > LINE_BYTES) return 'too-long';
  // A client needn't say who it is, and isn't believed when it does.
  const [, command, paramText = ''] = /^ *(?::[^ ]* +)?([^ ]+)(.*)$/s.exec(rest) ?? [];
  if (command === undefined || command.startsWith(':')) return undefined;
  const tags: Tags = tagText === undefined ? new Map() : parseTags(tagText);
  return { tags, command: command.toUpperCase(), params: parseParams(paramText) };
};
