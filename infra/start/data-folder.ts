import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { keepSecret } from '../keep-secret.ts';
import { StartError } from './start-error.ts';

/** The folder in which a system on this machine keeps everything; held by one supervisor at a time. */
export type DataFolder = Disposable & {
  readonly path: string;
  /** Where the bus of this system listens, as PARTYLINE_BUS_LISTEN and PARTYLINE_BUS have it. */
  readonly bus: string;
  /** Files that hold the tokens. */
  readonly secrets: { readonly busToken: string; readonly adminToken: string };
};

/** `sun_path` of sockaddr_un holds 104 bytes on macOS and the BSDs, 108 on Linux; one is the NUL. */
const socketPathBytes = 103;

const busAddress = (folder: string): string => {
  if (process.platform === 'win32') return 'http://127.0.0.1:7301';
  const absolute = join(folder, 'bus.sock');
  const path = Buffer.byteLength(absolute) <= socketPathBytes ? absolute : relative('.', absolute);
  if (Buffer.byteLength(path) > socketPathBytes)
    throw new StartError(
      `The path of the bus socket, ${absolute}, is longer than a Unix socket's may be. Set PARTYLINE_DATA to a shorter path.`,
      78,
    );
  return `unix:${path}`;
};

/** Keeps a lock of the operating system's, which ends with this process however it ends. */
const hold = (folder: string): Disposable => {
  const lock = new DatabaseSync(join(folder, 'supervisor.lock'));
  const holder = join(folder, 'supervisor.pid');
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    const pid = readFileSync(holder, { encoding: 'utf8', flag: 'a+' }).trim();
    throw new StartError(
      `Partyline already runs on ${folder}${pid && ` (process ${pid})`}. Stop it, or set PARTYLINE_DATA to another folder.`,
    );
  }
  writeFileSync(holder, `${process.pid}\n`);
  return {
    [Symbol.dispose]: () => {
      writeFileSync(holder, '');
      lock.close();
    },
  };
};

/** Makes the folder and what belongs in it where that is missing, and takes it for this process. */
export const openDataFolder = (given: string): DataFolder => {
  const path = resolve(given);
  const bus = busAddress(path);
  const secretsFolder = join(path, 'secrets');
  try {
    mkdirSync(secretsFolder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StartError(`PARTYLINE_DATA: ${(error as Error).message}`, 78);
  }
  const held = hold(path);
  chmodSync(secretsFolder, 0o700);
  return {
    path,
    bus,
    secrets: {
      busToken: keepSecret(join(secretsFolder, 'bus-token')),
      adminToken: keepSecret(join(secretsFolder, 'admin-token')),
    },
    [Symbol.dispose]: () => held[Symbol.dispose](),
  };
};
