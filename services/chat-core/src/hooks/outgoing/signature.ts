import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';

/** A new key, as receivers are given it: `whsec_` and 32 bytes in base64. */
export const newSecret = (): string => PREFIX + randomBytes(32).toString('base64');

/** What is sent: the bytes of `body` are what is signed. */
export type Message = { readonly id: string; readonly body: string };

/**
 * The headers that prove where a message is from, and when it was sent: Standard Webhooks 1.0
 * (https://www.standardwebhooks.com), symmetric. `now` is in milliseconds since the Unix epoch.
 */
export const signed = (
  { id, body }: Message,
  secret: string,
  now: number,
): Record<`webhook-${string}`, string> => {
  const timestamp = String(Math.floor(now / 1_000));
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`);
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature.digest('base64')}`,
  };
};
