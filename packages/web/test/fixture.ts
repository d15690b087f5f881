import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import { startPageServer } from './page-server.ts';
import { type Stage, startStage } from './stage.ts';

/** The page, and a server in memory that is new in every test. */
export type Fixture = {
  readonly server: FakeServer;
  readonly stage: Stage;
  readonly url: string;
  open(options?: BrowserContextOptions): Promise<Page>;
  enter(nick: string, options?: BrowserContextOptions): Promise<Page>;
};

/** Has the tests of a file run before a browser. Pages that complain fail the test. */
export const useFixture = (): Fixture => {
  let stage: Stage;
  let pages: Awaited<ReturnType<typeof startPageServer>>;
  let server: FakeServer;
  beforeAll(async () => {
    stage = await startStage();
    pages = await startPageServer(stage.folder, () => ({
      ...{ wsPort: server.port, name: 'Partyline' },
      files: { bytes: 1_000, types: [] },
    }));
  }, 120_000);
  afterAll(async () => {
    await stage?.[Symbol.asyncDispose]();
    await pages?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    server = await startFakeServer();
  });
  afterEach(async () => {
    const complaints = [...stage.complaints];
    await stage.clear();
    await server[Symbol.asyncDispose]();
    expect(complaints).toEqual([]);
  });
  return {
    get server() {
      return server;
    },
    get stage() {
      return stage;
    },
    get url() {
      return pages.url;
    },
    open: (options) => stage.open(pages.url, options),
    enter: (nick, options) => stage.enter(pages.url, nick, options),
  };
};
