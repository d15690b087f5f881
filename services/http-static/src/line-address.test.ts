import { expect, test } from 'vitest';
import { lineAddress } from './line-address.ts';

const at = (wsListeners: string[], wsUrl?: string) => lineAddress({ wsListeners, wsUrl });

test('pages are told the first port of each kind', () => {
  expect(at(['ws://*:7010', 'wss://*:7710', 'ws://[::1]:9'])).toEqual({
    wsPort: 7010,
    wssPort: 7710,
  });
  expect(at(['wss://*'])).toEqual({ wssPort: 443 });
});

test('pages are told an address of its own where there is one', () => {
  expect(at(['ws://*:7010'], 'wss://chat.example/ws')).toEqual({ ws: 'wss://chat.example/ws' });
});
