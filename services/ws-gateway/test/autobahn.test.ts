import { Pace } from '@partyline/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textFrames } from '../src/frames.ts';
import { WebSocketConnection } from '../src/transports/websocket.ts';
import type { Case } from './autobahn/case.ts';
import { closingCases } from './autobahn/closing.ts';
import { play } from './autobahn/endpoint.ts';
import { fragmentationCases } from './autobahn/fragmentation.ts';
import { framingCases } from './autobahn/framing.ts';
import { sizeCases } from './autobahn/sizes.ts';
import { utf8Cases } from './autobahn/utf8.ts';
import { openServer } from './open-server.ts';

let opened: Awaited<ReturnType<typeof openServer>>;

/** Our server, and behind it instead of a session what says everything again. */
beforeAll(async () => {
  opened = await openServer();
  const parts = { wire: 'json+ws', pace: new Pace(Date.now), locale: 'en' } as const;
  opened.server.open({
    webSocket: (webSocket, socket) => {
      const connection = new WebSocketConnection(webSocket, socket, parts);
      connection.deliverTo({
        frame: (text) => connection.write(textFrames([text])),
        fault: ({ code }) => connection.write(textFrames([code])),
        drained: () => undefined,
        gone: () => undefined,
      });
    },
  });
});
afterAll(() => opened?.[Symbol.asyncDispose]());

/** The suite's groups, and how many cases it has of each. */
const groups: readonly [name: string, count: number, cases: readonly Case[]][] = [
  ['1 to 4: framing, pings, reserved bits, opcodes', 44, framingCases],
  ['5: fragmentation', 20, fragmentationCases],
  ['6: UTF-8', 145, utf8Cases],
  ['7: closing', 37, closingCases],
  ['9 and 10: sizes', 55, sizeCases],
];

describe.each(groups)('Autobahn %s', (_, count, cases) => {
  it('is all there, each case once', () => {
    const ids = cases.map((it) => it.id).filter((id) => !id.includes('limit'));
    expect(ids.length).toBe(new Set(ids).size);
    expect(ids.length).toBe(count);
  });

  it.each(cases.map((it) => [it.id, it.about, it] as const))('%s: %s', async (_id, _about, it) => {
    const { answers, failsWith: code = 1000 } = it;
    expect(await play(opened.port, it)).toEqual({ answers, code });
  });
});
