import { WebSocket } from 'ws';
import type { Dial } from './wire.ts';

type Members = Readonly<Record<string, unknown>>;

/** What an event says, as the json dialect does; undefined for what JSON clients of tests don't look at. */
const messageOf = ([name, first, second]: readonly unknown[]): Members | undefined => {
  if (name === 'welcome') return { type: 'login', success: true, ...(first as Members) };
  if (name === 'chat message') return { type: 'broadcast', message: first, ...(second as Members) };
  return name === 'gap' ? { type: 'gap', ...(first as Members) } : undefined;
};

/** Socket.IO over WebSocket, packet by packet, for a client that logs in or resumes, and listens. */
export const dialSocketIo =
  (port: number): Dial =>
  (events) => {
    const url = `ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(url);
    socket.on('message', (data) => {
      const packet = String(data);
      if (packet.startsWith('0')) events.open();
      else if (packet === '2') socket.send('3');
      else if (packet.startsWith('42')) {
        const message = messageOf(JSON.parse(packet.slice(2)));
        if (message !== undefined) events.message(message);
      }
    });
    socket.on('error', () => {});
    socket.on('close', () => events.closed());
    return {
      // All that it sends is what it comes in with.
      send: (message) => socket.send(`40${JSON.stringify(message)}`),
      pause: () => socket.pause(),
      resume: () => socket.resume(),
      drop: () => socket.terminate(),
    };
  };
