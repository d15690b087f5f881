import type { Signal } from '@partyline/protocol';
import type { Renderer } from '../dialect.ts';
import type { Capabilities, CapabilityName } from './capabilities.ts';
import { eventLines } from './event-lines.ts';
import { type ChangeLines, signalLines } from './signal-lines.ts';
import type { Texts } from './texts.ts';
import { lineText } from './wire/line.ts';

/** A renderer, and what it shows of a signal change by change. */
export type IrcRenderer = Renderer & {
  changes(signal: Signal): readonly ShownChange[];
};

/** The frames of one change. */
export type ShownChange = Pick<ChangeLines, 'change'> & { readonly frames: readonly string[] };

const createRenderer = (
  caps: Capabilities,
  texts: Texts,
  encode: Renderer['encode'],
): IrcRenderer => {
  // Each reader is shown a part of it, and all but a few parts are the same.
  const shown = new WeakMap<Signal, readonly ShownChange[]>();
  const changes = (signal: Signal): readonly ShownChange[] => {
    const known = shown.get(signal);
    if (known !== undefined) return known;
    const made = signalLines(signal, caps, texts).map(({ change, lines }) => ({
      ...(change !== undefined && { change }),
      frames: lines.map((line) => lineText(line, caps)),
    }));
    shown.set(signal, made);
    return made;
  };
  return {
    ...{ echo: true, personal: true, changes, encode },
    ...(!caps.has('server-time') && { liveOnly: true }),
    event: (event) => eventLines(event, caps, texts).map((line) => lineText(line, caps)),
    signal: (signal) => changes(signal).flatMap((it) => it.frames),
  };
};

/** Capabilities that change how something is shown; there are few enough that every set may have a renderer. */
const telling: readonly CapabilityName[] = [
  ...(['account-notify', 'account-tag', 'away-notify', 'chghost'] as const),
  ...(['draft/message-redaction', 'extended-join', 'invite-notify', 'setname'] as const),
  ...(['message-tags', 'server-time'] as const),
];

/** Renderers by capabilities: clients for which the same matter share one. */
export const createRenderers = (texts: Texts, encode: Renderer['encode']) => {
  const made = new Map<string, IrcRenderer>();
  return (caps: Capabilities): IrcRenderer => {
    const own = telling.filter((name) => caps.has(name));
    const key = own.join(' ');
    const renderer = made.get(key) ?? createRenderer(new Set(own), texts, encode);
    made.set(key, renderer);
    return renderer;
  };
};
