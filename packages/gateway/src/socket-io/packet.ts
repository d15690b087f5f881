import { type Problem, problem } from '@partyline/protocol';
import { Decoder, Encoder, PacketType } from 'socket.io-parser';

/** The one namespace that is spoken in. */
export const NAMESPACE = '/';

/** What a client sends, of the Socket.IO protocol, revision 5, as far as it means anything here. */
export type Packet = { readonly namespace: string } & (
  | { readonly type: 'connect'; readonly auth: Readonly<Record<string, unknown>> }
  | { readonly type: 'disconnect' }
  | {
      readonly type: 'event';
      readonly name: string;
      readonly args: readonly unknown[];
      /** By which an acknowledgement finds back, if the client waits for one. */
      readonly ack?: number;
    }
);

/** Packets that announce attachments begin so; what they announce is never waited for. */
const binary = /^[56]/;

/** A packet as its frame has it; a problem when it is none, or has attachments. */
export const readPacket = (frame: string): Packet | Problem => {
  // The parser takes nothing at all for a CONNECT.
  if (frame === '') return problem('packet-bad');
  if (binary.test(frame)) return problem('binary-bad');
  let packet: Packet | undefined;
  // Whole with each text, so that it has no state: attachments never get here.
  const decoder = new Decoder();
  decoder.on('decoded', ({ type, nsp: namespace, data, id }) => {
    if (type === PacketType.CONNECT) packet = { type: 'connect', namespace, auth: data ?? {} };
    if (type === PacketType.DISCONNECT) packet = { type: 'disconnect', namespace };
    if (type !== PacketType.EVENT || !Array.isArray(data)) return;
    if (id !== undefined && !Number.isSafeInteger(id)) return;
    const [name, ...args] = data;
    const event = { type: 'event', namespace, name: String(name), args } as const;
    packet = id === undefined ? event : { ...event, ack: id };
  });
  try {
    decoder.add(frame);
  } catch {
    return problem('packet-bad');
  }
  return packet ?? problem('packet-bad');
};

const encoder = new Encoder();

const encode = (type: PacketType, more: { data?: unknown; nsp?: string; id?: number }): string => {
  const [frame] = encoder.encode({ type, nsp: NAMESPACE, ...more });
  return frame;
};

/** That a client is in: the id that others know it by, and what it comes back with. */
export const connectFrame = (sid: string, pid: string): string =>
  encode(PacketType.CONNECT, { data: { sid, pid } });

/** That a client may not come in. */
export const connectErrorFrame = (message: string, data?: object, nsp = NAMESPACE): string =>
  encode(PacketType.CONNECT_ERROR, { nsp, data: { message, ...(data && { data }) } });

/** That a client is out, and should not come back by itself. */
export const disconnectFrame = (): string => encode(PacketType.DISCONNECT, {});

export const eventFrame = (name: string, ...args: readonly unknown[]): string =>
  encode(PacketType.EVENT, { data: [name, ...args] });

export const ackFrame = (id: number, answer: object): string =>
  encode(PacketType.ACK, { data: [answer], id });
