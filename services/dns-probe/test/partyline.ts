import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bus, createBus } from '@partyline/bus';
import type { Command, Event, Outcome } from '@partyline/protocol';
import { createLog } from '@partyline/service';
import { ServiceProcess } from '@partyline/service/testing';
import { expect } from 'vitest';

const program = (service: string) => new URL(`../../${service}/src/main.ts`, import.meta.url);
const token = 'the-bus-token-of-a-test';
const adminToken = 'the-admin-token-of-a-test';

export const temporaryFolder = async (parts: AsyncDisposableStack): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'partyline-dns-'));
  parts.defer(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** A dns-probe that asks a DNS server of the test's. */
export const startProbe = async (
  folder: string,
  dnsServer: string,
  settings: Record<string, string> = {},
  through: readonly string[] = [],
): Promise<ServiceProcess> =>
  ServiceProcess.start(
    program('dns-probe'),
    {
      PARTYLINE_BUS: `unix:${folder}/bus.sock`,
      PARTYLINE_BUS_TOKEN: token,
      PARTYLINE_DNS_HOST: '127.0.0.1',
      PARTYLINE_DNS_PORT: '0',
      PARTYLINE_DNS_SERVERS: dnsServer,
      ...settings,
    },
    through,
  );

export const urlOf = async (service: ServiceProcess): Promise<string> =>
  (await service.logged(/^listening on/)).msg.replace('listening on ', '');

/** Waits until chat-core has heard of it. */
export const isReady = async (service: ServiceProcess): Promise<void> => {
  const readiness = `${await urlOf(service)}/readyz`;
  await expect.poll(async () => (await fetch(readiness)).status, { timeout: 20_000 }).toBe(200);
};

export const startChatCore = (folder: string, settings: Record<string, string> = {}) =>
  ServiceProcess.start(program('chat-core'), {
    ...{ PARTYLINE_DATA: folder, PARTYLINE_BUS_TOKEN: token },
    ...{ PARTYLINE_ADMIN_PORT: '0', PARTYLINE_ADMIN_TOKEN: adminToken },
    ...settings,
  });

/** What the admin API says. */
export const admin = async (core: ServiceProcess, path: string, init: RequestInit = {}) => {
  const headers = {
    authorization: `Bearer ${adminToken}`,
    ...(init.body !== undefined && { 'content-type': 'application/json' }),
  };
  const answer = await fetch(`${await urlOf(core)}${path}`, { ...init, headers });
  return { status: answer.status, body: await answer.json() };
};

/** Somebody who is in rooms, over an instance of the test's, and hears what is said there. */
export const joinAs = async (
  parts: AsyncDisposableStack,
  folder: string,
  nick: string,
  rooms: readonly string[],
) => {
  const session = `session-of-${nick}1`;
  const heard: Event[] = [];
  const bus: Bus = parts.use(
    createBus({
      ...{ url: `unix:${folder}/bus.sock`, token, instance: 'trial-00000001' },
      log: createLog({ service: 'trial', instance: 'trial-00000001', level: 'fatal' }),
      hello: () => ({
        kind: 'trial',
        ...{ endpoints: [], commands: [], sessions: [session], rooms: [] },
      }),
      onLine: (lines) => {
        for (const it of lines) if (it.type === 'event') heard.push(it.event);
      },
      onLost: () => {},
      onReset: () => {},
    }),
  );
  const ask = (id: string, command: Command): Promise<Outcome> =>
    bus.publish({ id, session, command });
  const opened = await ask('open', {
    ...{ type: 'open', nick, wire: 'test', rooms: [...rooms] },
    token: `${session}.${'s'.repeat(32)}`,
  });
  expect(opened).toMatchObject({ type: 'opened' });
  for (const room of rooms) bus.follow(room, 0);
  return {
    ...{ ask, heard },
    invoke: (id: string, name: string, args: string, room: string) =>
      ask(id, { type: 'invoke', name, args, room }),
    /** The first event that is like this. */
    hears: (like: object) =>
      expect.poll(() => heard, { timeout: 30_000 }).toContainEqual(expect.objectContaining(like)),
  };
};
