import { createHmac, timingSafeEqual } from 'node:crypto';

const LF = 0x0a;

/** HMAC-SHA256 (RFC 2104), as text without a line end. */
const macOf = (body: Uint8Array, key: string): Buffer =>
  Buffer.from(createHmac('sha256', key).update(body).digest('base64url'));

/** A datagram on whose second line stands that it was sent by who knows the key. Without a key, as it is. */
export const seal = (body: Buffer, key: string | undefined): Buffer =>
  key === undefined ? body : Buffer.concat([body, Buffer.from([LF]), macOf(body, key)]);

/**
 * The body of a datagram; undefined when there is a key and it isn't sealed with it. Who has no key
 * believes anybody. A seal says nothing of when: a datagram may be sent again by who overheard it.
 */
export const unseal = (datagram: Uint8Array, key: string | undefined): Uint8Array | undefined => {
  const end = datagram.indexOf(LF);
  const body = end === -1 ? datagram : datagram.subarray(0, end);
  if (key === undefined) return body;
  const told = end === -1 ? new Uint8Array() : datagram.subarray(end + 1);
  const right = macOf(body, key);
  return told.length === right.length && timingSafeEqual(told, right) ? body : undefined;
};
