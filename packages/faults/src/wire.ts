import { connect, type Socket } from 'node:net';
import { WebSocket } from 'ws';

/** What a JSON client's connection does, over TCP or WebSocket. */
export interface Wire {
  send(message: object): void;
  /** Stops reading; the kernel's buffers fill up. */
  pause(): void;
  resume(): void;
  /** Drops the connection without a goodbye. */
  drop(): void;
}

/** What comes from the other side. */
export type WireEvents = {
  open(): void;
  message(message: Record<string, unknown>): void;
  closed(): void;
};

/** A way to connect: a gateway's address and wire. */
export type Dial = (events: WireEvents) => Wire;

/** JSON lines over TCP. */
export const dialTcp =
  (port: number): Dial =>
  (events) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let rest = '';
    socket.setEncoding('utf8');
    socket.on('connect', () => events.open());
    socket.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) events.message(JSON.parse(line));
    });
    socket.on('error', () => {});
    socket.on('close', () => events.closed());
    return {
      send: (message) => void socket.write(`${JSON.stringify(message)}\n`),
      pause: () => void socket.pause(),
      resume: () => void socket.resume(),
      drop: () => socket.destroy(),
    };
  };

/** `partyline.v1` over WebSocket. */
export const dialWs =
  (port: number): Dial =>
  (events) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, 'partyline.v1');
    socket.on('open', () => events.open());
    socket.on('message', (data) => events.message(JSON.parse(String(data))));
    socket.on('error', () => {});
    socket.on('close', () => events.closed());
    return {
      send: (message) => socket.send(JSON.stringify(message)),
      pause: () => socket.pause(),
      resume: () => socket.resume(),
      drop: () => socket.terminate(),
    };
  };
