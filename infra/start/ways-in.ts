import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Place, waysIn } from '../../packages/protocol/src/ways-in.ts';
import type { Environment } from './environment.ts';

const patienceMs = 3_000;

/** A way to take part: the wire's name, and what to paste into a terminal or a browser. */
export type WayIn = { readonly wire: string; readonly paste: string };

/** What a service said of itself on the bus. */
type Instance = { readonly kind: string; readonly endpoints: readonly string[] };

/** A path as a person would write it here. */
const nearest = (path: string): string => {
  const fromHere = relative('.', path);
  return fromHere.startsWith('..') ? path : fromHere;
};

/** A path as one word of a shell's. */
const quoted = (path: string): string =>
  /^[\w./~-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;

/** An endpoint as it is reached from a terminal in this folder. */
const placeOf = ({ pathname }: URL): Place => ({
  host: 'localhost',
  path: quoted(nearest(decodeURIComponent(pathname))),
});

/** The ways into these instances, for a person on this machine. */
export const waysInto = (instances: readonly Instance[]): readonly WayIn[] =>
  waysIn(
    instances.flatMap(({ endpoints }) => endpoints),
    'here',
    placeOf,
  ).flatMap(({ wire, commands }) => commands.map((paste) => ({ wire, paste })));

/** The operator's way in. */
export const adminWay = (environment: Environment): readonly WayIn[] => {
  const file = environment.PARTYLINE_ADMIN_TOKEN_FILE;
  const token = file === undefined ? '$PARTYLINE_ADMIN_TOKEN' : `$(cat ${nearest(file)})`;
  const port = environment.PARTYLINE_ADMIN_PORT ?? '7300';
  return [
    {
      wire: 'operator',
      paste: `curl -H "Authorization: Bearer ${token}" localhost:${port}/v1/overview`,
    },
    { wire: 'operator', paste: `http://localhost:${port}/status` },
  ];
};

/** What to compare with what a client shows of the certificate, where TLS is spoken. */
export const certificateWay = (
  environment: Environment,
  instances: readonly Instance[],
): readonly WayIn[] => {
  const isSecure = instances.some(({ endpoints }) =>
    endpoints.some((it) => /^(\w+\+tls|wss|https):/.test(it)),
  );
  const { PARTYLINE_DATA: data = 'data', PARTYLINE_TLS_CERTIFICATE: given } = environment;
  const file = given ?? join(data, 'tls', 'self-signed.pem');
  if (!isSecure || !existsSync(file)) return [];
  const { fingerprint256 } = new X509Certificate(readFileSync(file));
  return [{ wire: 'certificate', paste: `SHA-256 ${fingerprint256}` }];
};

const askBus = async (environment: Environment): Promise<readonly Instance[]> => {
  const { PARTYLINE_BUS: bus = '', PARTYLINE_BUS_TOKEN_FILE: file } = environment;
  const token = environment.PARTYLINE_BUS_TOKEN ?? readFileSync(file ?? '', 'utf8').trim();
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const path = '/bus/v1/instances';
  const headers = { authorization: `Bearer ${token}` };
  // Asked once: a pooled connection would be one more thing for chat-core to wait for at its end.
  const options = { headers, timeout: 1_000, agent: false };
  const asked = bus.startsWith('unix:')
    ? request({ ...options, socketPath: bus.slice('unix:'.length), path })
    : request(new URL(path, bus), options);
  asked
    .on('response', (response) => text(response).then(resolve, reject))
    .on('timeout', () => asked.destroy(new Error('the bus does not answer')))
    .on('error', reject)
    .end();
  return JSON.parse(await promise).instances;
};

/** Waits until services of these kinds are on the bus; answers with what is there in the end. */
export const instancesOnBus = async (
  environment: Environment,
  kinds: readonly string[],
  stop: AbortSignal,
): Promise<readonly Instance[]> => {
  const until = Date.now() + patienceMs;
  for (;;) {
    const instances = await askBus(environment).catch(() => []);
    const present = new Set(instances.map(({ kind }) => kind));
    const enough = stop.aborted || Date.now() > until || kinds.every((kind) => present.has(kind));
    if (enough) return instances;
    await sleep(50);
  }
};
