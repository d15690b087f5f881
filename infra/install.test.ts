import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, onTestFinished, test } from 'vitest';

/** Does what `npm ci` does to the folder, slowly enough for another to come, and counts. */
const npm = `
const fs = require('node:fs');
fs.appendFileSync('runs', process.argv.slice(2).join(' ') + '\\n');
if (fs.existsSync('offline')) {
  console.error('npm error code ENOTFOUND');
  process.exit(1);
}
fs.rmSync('node_modules', { recursive: true, force: true });
setTimeout(() => fs.mkdirSync('node_modules'), 300);
`;

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'partyline-install-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'infra'));
  cpSync(fileURLToPath(new URL('install.mjs', import.meta.url)), join(root, 'infra/install.mjs'));
  writeFileSync(join(root, 'package-lock.json'), '{}');
  writeFileSync(join(root, 'npm-cli.js'), npm);
});

const install = async () => {
  const child = spawn(process.execPath, [join(root, 'infra/install.mjs')], {
    env: { npm_execpath: join(root, 'npm-cli.js'), npm_node_execpath: process.execPath },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const exit = new Promise<number | null>((resolve) => child.on('exit', resolve));
  return { said: await text(child.stderr), code: await exit };
};

const runs = (): readonly string[] =>
  existsSync(join(root, 'runs')) ? readFileSync(join(root, 'runs'), 'utf8').trim().split('\n') : [];

test('packages are installed at first, and not again', async () => {
  expect((await install()).said).toContain('Installed in');
  expect(await install()).toEqual({ said: '', code: 0 });
  expect(runs()).toEqual(['ci --include=dev --include=optional --loglevel=error']);
});

test('a changed package-lock.json is installed', async () => {
  await install();
  writeFileSync(join(root, 'package-lock.json'), '{ }');
  await install();
  expect(runs()).toHaveLength(2);
});

test('packages that somebody removed are installed anew', async () => {
  await install();
  rmSync(join(root, 'node_modules'), { recursive: true });
  await install();
  expect(runs()).toHaveLength(2);
});

test('of two at once, one installs and the other waits for it', async () => {
  const both = await Promise.all([install(), install()]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(runs()).toHaveLength(1);
});

test('the lock of an installation that was killed does not stop the next', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => child.on('exit', resolve));
  writeFileSync(join(root, '.installing'), String(child.pid));
  expect((await install()).code).toBe(0);
  expect(runs()).toHaveLength(1);
  expect(existsSync(join(root, '.installing'))).toBe(false);
});

test('an installation that fails says why, and is tried again', async () => {
  writeFileSync(join(root, 'offline'), '');
  const { said, code } = await install();
  expect(code).toBe(1);
  expect(said).toContain('npm error code ENOTFOUND');
  expect(said).toContain('The package registry cannot be reached.');
  rmSync(join(root, 'offline'));
  expect((await install()).code).toBe(0);
});
