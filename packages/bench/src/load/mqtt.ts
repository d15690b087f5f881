/** Packets of an MQTT 3.1.1 client (OASIS MQTT 3.1.1, 2 and 3), quality of service 0. */
const packet = (type: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const length: number[] = [];
  for (let left = body.length; left > 0 || length.length === 0; left >>= 7)
    length.push((left & 0x7f) | (left > 0x7f ? 0x80 : 0));
  return Buffer.concat([Buffer.from([type, ...length]), body]);
};

const string = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
};

const LEVEL_4 = 4;
const CLEAN_SESSION = 2;
const PACKET_ID = Buffer.from([0, 1]);

/** A clean session without keep-alive. */
export const connectPacket = (client: string): Buffer =>
  packet(0x10, string('MQTT'), Buffer.from([LEVEL_4, CLEAN_SESSION, 0, 0]), string(client));

/** What accepts a connection. */
export const CONNECTED = '\x20\x02\x00\x00';

export const subscribePacket = (topic: string): Buffer =>
  packet(0x82, PACKET_ID, string(topic), Buffer.from([0]));

/** What accepts a subscription. */
export const SUBSCRIBED = '\x90\x03\x00\x01\x00';

export const publishPacket = (topic: string, text: string): Buffer =>
  packet(0x30, string(topic), Buffer.from(text));
