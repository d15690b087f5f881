import { expect, test } from 'vitest';
import { waysIn } from './ways-in.ts';

const endpoints = ['udp://box:7020', 'text+tcp://box:7001', 'https://box'];
const here = () => ({ host: 'here', path: '' });

test('a way in is told for each endpoint that there is, in an order of its own', () => {
  expect(waysIn([...endpoints, 'gopher+tcp://box:70', 'nonsense'], 'elsewhere', here)).toEqual([
    { wire: 'text', name: { en: 'A terminal', 'zh-CN': '终端' }, commands: ['nc here 7001'] },
    {
      ...{ wire: 'curl, TLS', name: { en: 'curl, encrypted', 'zh-CN': 'curl（加密）' } },
      commands: [`curl -d 'hello' https://here:443/r/lobby`],
    },
    {
      ...{ wire: 'udp', name: { en: 'The local network', 'zh-CN': '局域网' } },
      commands: [`echo '{"type":"discover"}' | nc -u -w1 here 7020`],
    },
  ]);
});

test('an endpoint is left out whose place can not be told', () => {
  const onlyUdp = (it: URL) => (it.protocol === 'udp:' ? here() : undefined);
  expect(waysIn(endpoints, 'here', onlyUdp).map(({ wire }) => wire)).toEqual(['udp']);
});

test('what works only where the service was started is told nobody else', () => {
  const local = ['json+tcp://box:7002', 'text+unix:///data/text.sock'];
  const socket = () => ({ host: 'localhost', path: 'data/text.sock' });
  expect(waysIn(local, 'here', socket).flatMap(({ commands }) => commands)).toEqual([
    ...['npx partyline', 'nc -U data/text.sock'],
    `(echo '{"type":"login","nickname":"robot"}'; cat) | nc localhost 7002`,
  ]);
  expect(waysIn(local, 'elsewhere', socket).map(({ wire }) => wire)).toEqual(['json']);
});
