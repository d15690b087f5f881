import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Card, ClientFrame, EventFrame, SharedFile } from '@partyline/client';
import { type WebSocket, WebSocketServer } from 'ws';

type Session = {
  readonly id: string;
  readonly token: string;
  nick: string;
  readonly rooms: Set<string>;
  socket: WebSocket | undefined;
};

/** A server of the partyline.v1 wire in memory, with faults at the test's command. */
export type FakeServer = AsyncDisposable & {
  readonly port: number;
  /** Every entry of every room's log. */
  readonly logs: ReadonlyMap<string, readonly EventFrame[]>;
  readonly typings: number;
  /** Somebody else says something. */
  say(nick: string, message: string, room?: string, at?: number, mentions?: string[]): void;
  /** Somebody else shares a file, and says something with it. */
  share(nick: string, file: SharedFile, caption?: string): void;
  /** A service says something as a card. */
  tell(nick: string, message: string, card: Card): void;
  /** Somebody else says another text in place of their own. */
  edit(nick: string, ref: number, message: string): void;
  whisper(from: string, to: string, message: string): void;
  /** Somebody else comes or goes. */
  presence(change: 'joined' | 'left', nick: string, room?: string): void;
  typing(nick: string, room?: string): void;
  topic(nick: string, text: string, room?: string): void;
  /** Breaks every connection, without a word. */
  cut(): void;
  /** While away, connections are refused. */
  setAway(away: boolean): void;
  /** While deaf, messages are stored but no answer leaves. */
  setDeaf(deaf: boolean): void;
  /** No session can be resumed any more. */
  forget(): void;
  kick(nick: string): void;
};

const LOBBY = 'lobby';

/** The page of a log that is asked for. */
const placeIn = (
  entries: readonly EventFrame[],
  { limit, before, after, around, at }: Extract<ClientFrame, { type: 'history' }>,
): readonly EventFrame[] => {
  if (after !== undefined) return entries.filter(({ seq }) => seq > after).slice(0, limit);
  if (at !== undefined) return entries.filter((it) => it.at >= at).slice(0, limit);
  const end = around === undefined ? (before ?? entries.length + 1) : around + limit / 2;
  return entries.filter(({ seq }) => seq < end).slice(-limit);
};

export const startFakeServer = async (): Promise<FakeServer> => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', maxPayload: 65_536 });
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const sessions = new Map<string, Session>();
  const logs = new Map<string, EventFrame[]>([[LOBBY, []]]);
  const guests = new Set<string>();
  const topics = new Map<string, string>();
  const epoch = 'e1';
  let away = false;
  let deaf = false;
  let typings = 0;

  const log = (room: string): EventFrame[] => {
    const known = logs.get(room) ?? [];
    logs.set(room, known);
    return known;
  };
  const send = (socket: WebSocket | undefined, frame: object): void => {
    if (!deaf && socket?.readyState === 1) socket.send(JSON.stringify(frame));
  };
  const inRoom = (room: string): Session[] =>
    [...sessions.values()].filter((session) => session.rooms.has(room));
  const namesIn = (room: string): string[] => [
    ...inRoom(room).map((session) => session.nick),
    ...(room === LOBBY ? guests : []),
  ];
  const tellRoom = (room: string, frame: object): void => {
    for (const session of inRoom(room)) send(session.socket, frame);
  };
  const state = (room: string) => ({
    room,
    seq: log(room).length,
    since: log(room).length,
    members: namesIn(room).length,
    ...(topics.has(room) && { topic: topics.get(room) }),
  });

  type Unnumbered = EventFrame extends infer F
    ? F extends EventFrame
      ? Omit<F, 'room' | 'seq' | 'at' | 'id'>
      : never
    : never;
  const append = (room: string, event: Unnumbered, id?: string, at = Date.now()): EventFrame => {
    const entries = log(room);
    const known = id === undefined ? undefined : entries.find((entry) => entry.id === id);
    if (known !== undefined) return known;
    const numbered = { room, seq: entries.length + 1, at };
    const entry = { ...event, ...numbered, id: id ?? randomBytes(6).toString('hex') } as EventFrame;
    entries.push(entry);
    tellRoom(room, entry);
    return entry;
  };

  const pair = (a: string, b: string): string => {
    const room = `~${[a, b].sort().join('~')}`;
    for (const session of sessions.values())
      if (session.nick === a || session.nick === b) session.rooms.add(room);
    return room;
  };

  const quoted = (room: string, ref: number | undefined): object => {
    const event = log(room).find(({ seq }) => seq === ref);
    return event?.type === 'broadcast'
      ? { ref, quote: { nickname: event.nickname, message: event.message } }
      : {};
  };

  const answer = (session: Session, frame: ClientFrame): void => {
    const { socket } = session;
    switch (frame.type) {
      case 'broadcast': {
        if (frame.message === 'refuse me') {
          const error = { type: 'error', code: 'flood', message: 'Too fast.', id: frame.id };
          send(socket, { ...error, of: 'broadcast' });
          break;
        }
        const kind = frame.kind === 'action' ? { kind: 'action' as const } : {};
        const { seq, at } = append(
          frame.room,
          {
            ...{ type: 'broadcast', nickname: session.nick, message: frame.message, ...kind },
            ...quoted(frame.room, frame.ref),
          },
          frame.id,
        );
        send(socket, { type: 'ack', id: frame.id, room: frame.room, seq, at });
        break;
      }
      case 'p2p': {
        if (!namesIn(LOBBY).includes(frame.to)) {
          const message = `Nobody here is called ${frame.to}.`;
          send(socket, { type: 'error', code: 'nick-unknown', message, id: frame.id, of: 'p2p' });
          break;
        }
        const room = pair(session.nick, frame.to);
        const { seq, at } = append(
          room,
          { type: 'p2p', from: session.nick, to: frame.to, message: frame.message },
          frame.id,
        );
        send(socket, { type: 'ack', id: frame.id, room, seq, at });
        break;
      }
      case 'edit':
      case 'delete':
      case 'react': {
        const { room, ref } = frame;
        const by = { nickname: session.nick, ref };
        if (frame.type === 'edit') append(room, { type: 'edit', ...by, message: frame.message });
        else if (frame.type === 'delete') append(room, { type: 'delete', ...by });
        else {
          const type = frame.remove ? 'unreact' : 'react';
          append(room, { type, ...by, reaction: frame.reaction });
        }
        break;
      }
      case 'join':
        session.rooms.add(frame.room);
        send(socket, { type: 'join', ...state(frame.room) });
        break;
      case 'part':
        session.rooms.delete(frame.room);
        send(socket, { type: 'part', room: frame.room });
        break;
      case 'list': {
        const users = namesIn(frame.room);
        const members = users.map((nickname) => ({ nickname }));
        send(socket, { type: 'list', room: frame.room, count: users.length, users, members });
        break;
      }
      case 'rooms':
        send(socket, { type: 'rooms', rooms: [...logs.keys()].map(state) });
        break;
      case 'history': {
        const entries = log(frame.room);
        const events = placeIn(entries, frame);
        const ends = { first: entries.length === 0 ? 0 : 1, head: entries.length };
        const seqs = new Set(events.map(({ seq }) => seq));
        const later = entries
          .slice(events.at(-1)?.seq ?? 0)
          .filter((it) => it.type !== 'topic' && seqs.has(it.ref ?? 0));
        send(socket, { type: 'history', room: frame.room, ...ends, events, later });
        break;
      }
      case 'rename': {
        const was = session.nick;
        session.nick = frame.nickname;
        send(socket, { type: 'rename', nickname: frame.nickname });
        const members = namesIn(LOBBY).length;
        const change = { change: 'renamed', nickname: frame.nickname, was };
        tellRoom(LOBBY, { type: 'log', room: LOBBY, ...change, online: members, members });
        break;
      }
      case 'topic':
        topics.set(frame.room, frame.text ?? '');
        append(frame.room, { type: 'topic', nickname: session.nick, text: frame.text ?? '' });
        break;
      case 'upload': {
        const ticket = { ticket: 'ticket', until: Date.now() + 600_000 };
        send(socket, { type: 'upload', room: frame.room, id: frame.id, ...ticket });
        break;
      }
      case 'commands': {
        const roll = { name: 'roll', usage: '[DICE]', about: 'roll dice' };
        send(socket, { type: 'commands', room: frame.room, commands: [roll] });
        break;
      }
      case 'typing':
        typings += 1;
        break;
      case 'configure': {
        const settings = { visibility: 'public', speak: 'everyone', keepMs: 0, keepCount: 0 };
        const { room } = frame;
        send(socket, { type: 'configure', room, ...settings, slowMs: 0, role: 'member' });
        break;
      }
      case 'ping':
        send(socket, { type: 'pong' });
        break;
    }
  };

  const letIn = (session: Session, resumed: boolean): void =>
    send(session.socket, {
      type: 'login',
      success: true,
      nickname: session.nick,
      session: session.id,
      resume: session.token,
      resumed,
      epoch,
      sumUsers: namesIn(LOBBY).length,
      rooms: [...session.rooms].map(state),
    });

  const login = (socket: WebSocket, frame: ClientFrame): Session | undefined => {
    const refuse = (code: string, message: string): undefined => {
      send(socket, { type: 'login', success: false, code, message });
    };
    if (frame.type === 'resume') {
      const session = [...sessions.values()].find(({ token }) => token === frame.token);
      if (session === undefined) return refuse('resume-unknown', 'Log in anew.');
      session.socket = socket;
      letIn(session, true);
      for (const room of session.rooms)
        for (const event of log(room).slice(frame.cursors[room] ?? log(room).length))
          send(socket, event);
      return session;
    }
    if (frame.type !== 'login') return undefined;
    if (namesIn(LOBBY).includes(frame.nickname))
      return refuse('nick-taken', 'That nickname is taken. Choose another.');
    const id = randomBytes(6).toString('hex');
    const token = `${id}.secret`;
    const session: Session = { id, token, nick: frame.nickname, rooms: new Set([LOBBY]), socket };
    sessions.set(id, session);
    letIn(session, false);
    return session;
  };

  server.on('connection', (socket) => {
    if (away) {
      socket.terminate();
      return;
    }
    let session: Session | undefined;
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as ClientFrame;
      if (session === undefined) session = login(socket, frame);
      else answer(session, frame);
    });
  });

  return {
    port,
    logs,
    get typings() {
      return typings;
    },
    say(nickname, message, room = LOBBY, at = Date.now(), mentions = []) {
      const more = mentions.length > 0 ? { mentions } : {};
      append(room, { type: 'broadcast', nickname, message, ...more }, undefined, at);
    },
    share(nickname, file, caption = '') {
      const message = `${caption}\n${file.name} (9 B) ${file.url}`.trim();
      append(LOBBY, { type: 'broadcast', nickname, message, card: { type: 'file', file } });
    },
    tell(nickname, message, card) {
      append(LOBBY, { type: 'broadcast', kind: 'notice', nickname, message, card });
    },
    edit(nickname, ref, message) {
      append(LOBBY, { type: 'edit', nickname, ref, message });
    },
    whisper(from, to, message) {
      append(pair(from, to), { type: 'p2p', from, to, message });
    },
    presence(change, nickname, room = LOBBY) {
      if (change === 'joined') guests.add(nickname);
      else guests.delete(nickname);
      const members = namesIn(room).length;
      tellRoom(room, { type: 'log', room, change, nickname, online: members, members });
    },
    typing: (nickname, room = LOBBY) => tellRoom(room, { type: 'typing', room, nickname }),
    topic(nickname, text, room = LOBBY) {
      topics.set(room, text);
      append(room, { type: 'topic', nickname, text });
    },
    cut() {
      for (const socket of server.clients) socket.terminate();
    },
    setAway(now) {
      away = now;
    },
    setDeaf(now) {
      deaf = now;
    },
    forget() {
      sessions.clear();
    },
    kick(nick) {
      const session = [...sessions.values()].find((it) => it.nick === nick);
      if (session === undefined) return;
      sessions.delete(session.id);
      const message = 'You were removed by the operator.';
      send(session.socket, { type: 'close', code: 'kicked', message, resume: false });
      session.socket?.close(4001, message);
    },
    async [Symbol.asyncDispose]() {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
};
