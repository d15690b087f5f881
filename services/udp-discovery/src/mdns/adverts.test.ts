import { expect, it } from 'vitest';
import { advertsOf } from './adverts.ts';

it('lists what DNS-SD has a name for, and every wire of this host', () => {
  const endpoints = ['text+tcp://lab:7001', 'json+tcp://lab:7002', 'irc+tcp://lab:6667'];
  const adverts = advertsOf([...endpoints, 'http://lab:8080', 'ws://other:7010'], 'lab');
  expect(adverts).toEqual([
    {
      ...{ type: 'partyline', port: 7002 },
      txt: { txtvers: '1', wires: 'http:8080,irc+tcp:6667,json+tcp:7002,text+tcp:7001' },
    },
    { type: 'irc', port: 6667, txt: { txtvers: '1' } },
    { type: 'http', port: 8080, txt: { txtvers: '1', path: '/' } },
  ]);
});

it('lists nothing that is not there, or is on other machines', () => {
  expect(advertsOf([], 'lab')).toEqual([]);
  expect(advertsOf(['http://other:8080', 'nonsense', 'json+unix:///a.sock'], 'lab')).toEqual([]);
});
