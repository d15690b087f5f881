import { expect, it } from 'vitest';
import { canInflate } from './deflate.ts';

it.each([
  'permessage-deflate',
  'permessage-deflate; client_max_window_bits',
  'x-webkit-deflate-frame, permessage-deflate; server_no_context_takeover',
  'permessage-deflate; server_max_window_bits=15',
  'permessage-deflate; server_max_window_bits="15", permessage-deflate; server_max_window_bits=10',
])('can be sent what is compressed: %s', (offers) => {
  expect(canInflate(offers)).toBe(true);
});

it.each([
  undefined,
  '',
  'permessage-bzip2',
  'permessage-deflates',
  'permessage-deflate; server_max_window_bits=10',
  'permessage-deflate; server_max_window_bits="9"',
  'permessage-deflate; server_max_window_bits=1',
  'permessage-deflate;server_max_window_bits=10, permessage-deflate',
])('cannot: %s', (offers) => {
  expect(canInflate(offers)).toBe(false);
});
