/** A client's opening handshake (RFC 6455, 4.1), offering no compression. */
export const upgrade = (path: string, subprotocol?: string): string =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...(subprotocol === undefined ? [] : [`Sec-WebSocket-Protocol: ${subprotocol}`]),
    '\r\n',
  ].join('\r\n');

const FINAL_TEXT = 0x81;
const MASKED = 0x80;
const LENGTH_16 = 126;

/** A client's text frame of at most 65,535 bytes (RFC 6455, 5.2), masked with zeros: the text stays as it is. */
export const textFrame = (text: string): Buffer => {
  const body = Buffer.from(text);
  const length =
    body.length < LENGTH_16 ? [body.length] : [LENGTH_16, body.length >> 8, body.length & 0xff];
  const [first = 0, ...rest] = length;
  return Buffer.concat([Buffer.from([FINAL_TEXT, MASKED | first, ...rest, 0, 0, 0, 0]), body]);
};
