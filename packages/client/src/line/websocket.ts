import type { Dial } from './dial.ts';
import { parseFrame } from './wire.ts';

/** The WebSocket subprotocol of the json dialect. */
export const SUBPROTOCOL = 'partyline.v1';
/**
 * The close code of who hangs up and may come back. 1000 would say goodbye, after which a session
 * can't be resumed. Who does go says so by `quit`.
 */
export const COMING_BACK = 4100;

/** Connects by the WebSocket that the page's browser has. */
export const dialWebSocket =
  (url: string): Dial =>
  ({ opened, heard, closed }) => {
    const socket = new WebSocket(url, SUBPROTOCOL);
    socket.onopen = opened;
    socket.onclose = ({ code, reason }) => closed({ code, reason });
    socket.onmessage = ({ data }) => {
      const frame = parseFrame(data);
      if (frame !== undefined) heard(frame);
    };
    return {
      send(frame) {
        if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
      },
      hangUp: () => socket.close(COMING_BACK),
    };
  };
