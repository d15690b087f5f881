import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { isInstalled } from './program.ts';

const PROGRAM = 'systemd-socket-activate';

test('tcp-gateway serves the socket that systemd opened, and whom it had there already', async ({
  skip,
}) => {
  skip(!isInstalled(PROGRAM), `not installed: ${PROGRAM}`);
  const folder = mkdtempSync(join(tmpdir(), 'partyline-activation-'));
  const path = join(folder, 'text.sock');
  const environment = {
    PATH: process.env.PATH,
    PARTYLINE_BUS: `unix:${folder}/none.sock`,
    PARTYLINE_BUS_TOKEN: 'the-bus-token-of-a-test',
    PARTYLINE_DATA: folder,
    PARTYLINE_TCP_OPS_PORT: '0',
    PARTYLINE_TCP_LISTENERS: 'text+unix:fd:talk',
  };
  const passedOn = Object.keys(environment).flatMap((name) => ['-E', name]);
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const child = spawn(PROGRAM, ['-l', path, '--fdname=talk', ...passedOn, process.execPath, main], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  });
  // It says where it listens, and starts the program when somebody comes.
  await once(createInterface(child.stderr), 'line');
  const socket = connect(path);
  onTestFinished(() => void socket.destroy());
  const [line] = await once(createInterface(socket), 'line');
  expect(line).toBe('Welcome, 0 online. Choose a nickname:');
});
