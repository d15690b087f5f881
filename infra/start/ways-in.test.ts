import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { adminWay, waysInto } from './ways-in.ts';

test('each wire is told by the ports that the services have said', () => {
  const instances = [
    {
      kind: 'tcp-gateway',
      endpoints: [
        ...['text+tcp://box:9001', 'json+tcp://box:9002', 'text+tls://box:9701'],
        'irc+tcp://box:9667',
        pathToFileURL('data/a text.sock').href.replace('file:', 'text+unix:'),
      ],
    },
    { kind: 'http-static', endpoints: ['http://box:9080'] },
    { kind: 'ws-gateway', endpoints: ['ws://box:9010', 'wss://box:9710'] },
    { kind: 'dns-probe', endpoints: ['dns+http://box:9030/probe'] },
    { kind: 'udp-discovery', endpoints: ['udp://[fe80::1]:9020'] },
  ];
  expect(waysInto(instances)).toEqual([
    { wire: 'browser', paste: 'http://localhost:9080' },
    { wire: 'terminal', paste: 'npx partyline localhost:9002' },
    { wire: 'text', paste: 'nc localhost 9001' },
    { wire: 'text, TLS', paste: 'openssl s_client -quiet -connect localhost:9701' },
    { wire: 'text, Unix', paste: "nc -U 'data/a text.sock'" },
    { wire: 'irc', paste: 'irssi -c localhost -p 9667' },
    { wire: 'curl', paste: `curl -d 'hello' http://localhost:9080/r/lobby` },
    { wire: 'curl', paste: 'curl -N http://localhost:9080/r/lobby' },
    {
      wire: 'json',
      paste: `(echo '{"type":"login","nickname":"robot"}'; cat) | nc localhost 9002`,
    },
    { wire: 'websocket', paste: 'ws://localhost:9010/' },
    { wire: 'socket.io', paste: "io('http://localhost:9010')" },
    { wire: 'websocket, TLS', paste: 'wss://localhost:9710/' },
    { wire: 'udp', paste: `echo '{"type":"discover"}' | nc -u -w1 localhost 9020` },
    { wire: 'dns', paste: "curl 'http://localhost:9030/probe?name=localhost'" },
  ]);
});

test('the terminal client needs no address where the server is at its usual port', () => {
  const instances = [{ kind: 'tcp-gateway', endpoints: ['json+tcp://box:7002'] }];
  expect(waysInto(instances)).toContainEqual({ wire: 'terminal', paste: 'npx partyline' });
});

test('a wire that nobody serves is not told', () => {
  expect(waysInto([{ kind: 'tcp-gateway', endpoints: ['gopher+tcp://box:70'] }])).toEqual([]);
});

test('the operator is told where the token is, not what it is', () => {
  expect(
    adminWay({ PARTYLINE_ADMIN_TOKEN_FILE: 'data/secrets/admin-token', PARTYLINE_ADMIN_PORT: '9' }),
  ).toEqual([
    {
      wire: 'operator',
      paste:
        'curl -H "Authorization: Bearer $(cat data/secrets/admin-token)" localhost:9/v1/overview',
    },
    { wire: 'operator', paste: 'http://localhost:9/status' },
  ]);
});
