import type { Answer, Dialect, Renderer } from '@partyline/gateway';
import { jsonDialect } from '@partyline/gateway/json';
import { textDialect } from '@partyline/gateway/text';
import type { Locale } from '@partyline/protocol';
import { cursorText } from './cursor.ts';

/** A way to stream a room. Its renderer stands for all who are shown the same bytes. */
export type StreamFormat = {
  readonly contentType: string;
  readonly renderer: Renderer;
  show(answer: Answer): readonly string[];
  /** What a stream of a room begins with. */
  opening(answer: Opened, room: string): readonly string[];
  /** What is sent when nothing else is, so that nobody takes the stream for dead. */
  readonly heartbeat?: string;
};

type Opened = Extract<Answer, { type: 'opened' }>;

export type FormatName = 'text' | 'ndjson' | 'sse';

const lines = (frames: readonly string[]): Uint8Array =>
  Buffer.from(frames.map((frame) => `${frame}\n`).join(''));

const text = (dialect: Dialect): StreamFormat => {
  const { renderer, show } = dialect.interpreter();
  return {
    ...{ contentType: 'text/plain; charset=utf-8', renderer },
    show: (answer) => show(answer, undefined),
    opening: () => [],
  };
};

/** The room as the client stands in it, and the name it is there by. */
const openingObject = ({ nick: nickname, epoch, rooms }: Opened, room: string): string =>
  JSON.stringify({ type: 'join', nickname, epoch, ...rooms.find((it) => it.room === room) });

const ndjson = (json: Dialect): StreamFormat => {
  const { renderer, show } = json.interpreter();
  return {
    ...{ contentType: 'application/x-ndjson', renderer },
    show: (answer) => show(answer, undefined),
    opening: (answer, room) => [openingObject(answer, room)],
    heartbeat: '{"type":"heartbeat"}',
  };
};

/**
 * Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): an event of
 * the log has its cursor for an id, so that a browser that comes back goes on from there.
 */
const serverSentEvents = (json: Dialect, epoch: () => string): StreamFormat => {
  const { renderer, show } = json.interpreter();
  const data = (frames: readonly string[]): readonly string[] =>
    frames.map((frame) => `data: ${frame}\n`);
  return {
    contentType: 'text/event-stream',
    renderer: {
      echo: renderer.echo,
      event: (event) =>
        data(renderer.event(event)).map((it) => `id: ${cursorText(event.seq, epoch())}\n${it}`),
      signal: (signal) => data(renderer.signal(signal)),
      encode: lines,
    },
    show: (answer) => data(show(answer, undefined)),
    opening: (answer, room) => data([openingObject(answer, room)]),
    heartbeat: ': \n',
  };
};

/** `epoch` is the log's. */
export const createFormats = (
  locale: Locale,
  epoch: () => string,
): { readonly [N in FormatName]: StreamFormat } => {
  const json = jsonDialect({ locale, frame: lines });
  return {
    text: text(textDialect({ locale, frame: lines })),
    ndjson: ndjson(json),
    sse: serverSentEvents(json, epoch),
  };
};
