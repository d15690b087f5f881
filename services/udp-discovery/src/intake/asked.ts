import { type Repair, readDatagram, unseal } from '@partyline/lan';

/** What somebody says by datagram. */
export type Saying = {
  /** A guest's name is made up when it gives none. */
  readonly nick?: string;
  /** The lobby when left out. */
  readonly room?: string;
  readonly text: string;
  /** The same id from the same sender again is the same message. */
  readonly id?: string;
};

/** What a datagram is for. */
export type Asked =
  | { readonly asks: 'discover' }
  | { readonly asks: 'repair'; readonly repair: Repair }
  | { readonly asks: 'say'; readonly saying: Saying }
  | { readonly asks: 'nothing'; readonly reason: 'garbage' | 'unknown-type' | 'member-bad' };

const utf8 = new TextDecoder('utf-8', { fatal: true });

const textOf = (datagram: Uint8Array): string | undefined => {
  try {
    return utf8.decode(datagram);
  } catch {
    return undefined;
  }
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isOptionalText = (it: unknown): it is string | undefined =>
  it === undefined || typeof it === 'string';

const readBroadcast = (it: Record<string, unknown>): Asked => {
  const { nickname: nick, room, message: text, id } = it;
  if (typeof text !== 'string' || ![nick, room, id].every(isOptionalText))
    return { asks: 'nothing', reason: 'member-bad' };
  const given = Object.entries({ nick, room, id }).filter(([, value]) => value !== undefined);
  return { asks: 'say', saying: { text, ...Object.fromEntries(given) } };
};

/** Speech that nobody types: what scanners send, and other protocols. */
const isSpeech = (text: string): boolean =>
  text.trim() !== '' && !/\p{Cc}/u.test(text.replace(/[\t\r\n]/g, ''));

/**
 * Reads a datagram: an object is JSON, all else that is text is said. Whatever it is not is somebody's
 * garbage, and not an error to be told.
 */
export const readAsked = (datagram: Uint8Array): Asked => {
  const text = textOf(datagram);
  if (text === undefined || !isSpeech(text)) return { asks: 'nothing', reason: 'garbage' };
  // Who has a key seals questions too. Whether they are is all the same: anybody may ask.
  const body = unseal(datagram, undefined) ?? datagram;
  const value = parse(text) ?? parse(textOf(body) ?? '');
  if (typeof value !== 'object' || value === null) {
    // The beginning of an object is no speech, but an object that was cut.
    if (/^\s*[{[]/.test(text)) return { asks: 'nothing', reason: 'garbage' };
    return { asks: 'say', saying: { text: text.replace(/\r?\n$/, '') } };
  }
  const type = 'type' in value ? value.type : undefined;
  if (type === 'discover') return { asks: 'discover' };
  if (type === 'broadcast') return readBroadcast({ ...value });
  const ours = type === 'repair' ? readDatagram(body) : undefined;
  if (ours?.type === 'repair') return { asks: 'repair', repair: ours };
  return { asks: 'nothing', reason: type === 'repair' ? 'member-bad' : 'unknown-type' };
};
