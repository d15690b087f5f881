import { expect, test } from 'vitest';
import { newSecret, signed } from './signature.ts';

test('signs as the specification of Standard Webhooks does', () => {
  // The vector of its libraries.
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' };
  expect(signed(message, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 1_614_265_330_999)).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('makes keys of 32 bytes, each another', () => {
  const [first, second] = [newSecret(), newSecret()];
  expect(Buffer.from(first.replace('whsec_', ''), 'base64')).toHaveLength(32);
  expect(first).not.toBe(second);
});
