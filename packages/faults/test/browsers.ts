import { type Stage, say, startStage } from '@partyline/web/testing';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import {
  freePorts,
  type Nc,
  type System,
  type SystemProcess,
  startNc,
  startSystem,
} from '../src/index.ts';

/** A whole system, with browsers and terminals on it. */
export type Browsers = {
  readonly stage: Stage;
  readonly system: System;
  readonly http: SystemProcess;
  /** Where the page is. */
  readonly url: string;
  /** A nick, or a room, that no other test has. */
  called(name: string): string;
  enter(nick: string, options?: BrowserContextOptions): Promise<Page>;
  terminal(nick: string): Promise<Nc>;
};

/** Has the tests of a file run on one system. Pages that complain fail the test. */
export const useBrowsers = (env: Readonly<Record<string, string>> = {}): Browsers => {
  let stage: Stage;
  let system: System;
  let http: SystemProcess;
  let url: string;
  const terminals: Nc[] = [];
  let people = 0;

  beforeAll(async () => {
    stage = await startStage();
    system = await startSystem({ PARTYLINE_GRACE_MS: '60000', ...env });
    const [port = 0] = await freePorts(1);
    http = await system.start('http-static', {
      PARTYLINE_DATA: system.folder,
      PARTYLINE_HTTP_HOST: '127.0.0.1',
      PARTYLINE_HTTP_PORT: `${port}`,
      PARTYLINE_WS_LISTENERS: `ws://127.0.0.1:${system.ws.port}`,
      PARTYLINE_WEB_ROOT: stage.folder,
    });
    url = `http://127.0.0.1:${port}/`;
  }, 120_000);
  afterAll(async () => {
    await stage?.[Symbol.asyncDispose]();
    await system?.[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    const complaints = [...stage.complaints];
    await stage.clear();
    for (const terminal of terminals.splice(0)) terminal[Symbol.dispose]();
    expect(complaints).toEqual([]);
  });

  return {
    get stage() {
      return stage;
    },
    get system() {
      return system;
    },
    get http() {
      return http;
    },
    get url() {
      return url;
    },
    called: (name) => `${name}${people++}`,
    enter: (nick, options) => stage.enter(url, nick, options),
    async terminal(nick) {
      const nc = await startNc(system.tcp.textPort, nick);
      terminals.push(nc);
      return nc;
    },
  };
};

export const goTo = async (page: Page, room: string): Promise<void> => {
  await say(page, `/join ${room}`);
  await page.getByPlaceholder(`Message #${room}`).waitFor();
};
