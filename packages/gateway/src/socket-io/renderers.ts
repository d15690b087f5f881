import { type Event, eventObject, type Locale, type Signal } from '@partyline/protocol';
import type { Renderer } from '../dialect.ts';
import { signalObjects } from '../json/render.ts';
import { eventFrame } from './packet.ts';
import { offsetOf } from './place.ts';

/** What events are called: as in the tutorial of Socket.IO, or as in its chat demo. */
export type Vocabulary = 'tutorial' | 'demo';

type Members = Readonly<Record<string, unknown>>;

/** An event of the log as the arguments of an emit, its offset last. */
const eventArgs = (event: Event, vocabulary: Vocabulary): readonly [string, ...unknown[]] => {
  const { type, message, ...details } = eventObject(event) as Members;
  const offset = offsetOf(event);
  if (type === 'broadcast' && vocabulary === 'tutorial')
    return ['chat message', message, details, offset];
  if (type === 'broadcast')
    return ['new message', { username: event.nick, message, ...details }, offset];
  const name = type === 'p2p' ? 'private message' : String(type);
  return [name, { ...(message !== undefined && { message }), ...details }, offset];
};

/** The events by which changes of who is there are told. */
const changeNames: Readonly<Record<string, string>> = {
  joined: 'user joined',
  left: 'user left',
  renamed: 'user renamed',
  away: 'user away',
  back: 'user back',
  more: 'users changed',
};

type Emit = readonly [name: string, members: Members];

/** What a signal is told by: for each change the members that the json dialect has, and the demo's. */
const signalEmits = (signal: Signal, locale: Locale, vocabulary: Vocabulary): readonly Emit[] =>
  (signalObjects(signal, locale) as readonly Members[]).flatMap(({ type, ...it }): Emit[] => {
    const { nickname: username, members: numUsers } = it;
    if (type === 'typing') {
      const { stopped, ...told } = it;
      return [[stopped ? 'stop typing' : 'typing', { username, ...told }]];
    }
    if (type !== 'log') return [[String(type), it]];
    // The demo has no word for a new name.
    if (it.change === 'renamed' && vocabulary === 'demo')
      return [
        ['user left', { username: it.was, numUsers }],
        ['user joined', { username, numUsers }],
      ];
    const told = { ...(username !== undefined && { username }), numUsers, ...it };
    return [[changeNames[String(it.change)] ?? 'users changed', told]];
  });

/** What rooms hear, in one vocabulary. Nobody hears what it said itself. */
const createRenderer = (
  vocabulary: Vocabulary,
  locale: Locale,
  encode: Renderer['encode'],
): Renderer => ({
  echo: false,
  // The demo shows who types until it is told that it is over; those who don't say so are taken to be so after a while.
  ...(vocabulary === 'demo' && { personal: true }),
  event: (event) => [eventFrame(...eventArgs(event, vocabulary))],
  signal: (signal) =>
    signalEmits(signal, locale, vocabulary).map(([name, members]) => eventFrame(name, members)),
  encode,
});

export type Renderers = { readonly [V in Vocabulary]: Renderer };

export const createRenderers = (locale: Locale, encode: Renderer['encode']): Renderers => ({
  tutorial: createRenderer('tutorial', locale, encode),
  demo: createRenderer('demo', locale, encode),
});
