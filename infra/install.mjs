// Installs what package-lock.json names, once for each state of it. Runs before `npm start` and
// `npm test`, on whatever Node (>= 20) the machine has, so it is plain JavaScript without imports
// from node_modules.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, 'node_modules', '.partyline-installed');
const lockFile = join(root, '.installing');
const leastMajor = 20;
const wantedMajor = 26;

const fail = (...lines) => {
  console.error(lines.join('\n'));
  process.exit(1);
};

const read = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

/** What node_modules is to be made from; the installed packages differ by platform. */
const wantedStamp = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex');

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Tries to become the one that installs; a lock whose holder is dead is set aside. */
const takeLock = () => {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const holder = read(lockFile);
  // An empty lock is one that is being written at this moment.
  if (holder === undefined || holder === '' || alive(Number(holder))) return false;
  const aside = `${lockFile}.${process.pid}`;
  try {
    renameSync(lockFile, aside);
  } catch {
    return false;
  }
  // Another process may have taken over between our look and our rename: then give it back.
  if (read(aside) === holder) rmSync(aside, { force: true });
  else renameSync(aside, lockFile);
  return false;
};

/** How to run npm: the one that runs us, on its own Node, since `npm ci` deletes the one in node_modules. */
const npmCommand = () => {
  const { npm_execpath: cli = '', npm_node_execpath: node = process.execPath } = process.env;
  return /^npm(-cli)?\.[cm]?js$/.test(basename(cli))
    ? { command: node, args: [cli], shell: false }
    : { command: 'npm', args: [], shell: process.platform === 'win32' };
};

const offline =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)\b/;

const explain = (code, output) => {
  if (offline.test(output))
    return 'The package registry cannot be reached. Check the network and any proxy (npm config get proxy), then try again.';
  if (/\bENOSPC\b/.test(output)) return 'The disk is full.';
  if (/\b(EACCES|EPERM)\b/.test(output)) return `Files under ${root} cannot be written.`;
  return `npm ci ended with exit code ${code}.`;
};

const showProgress = () => {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const tty = process.stderr.isTTY;
  if (!tty) console.error('Installing packages (once, then only when package-lock.json changes) …');
  const timer = setInterval(
    () =>
      process.stderr.write(
        tty ? `\rInstalling packages … ${seconds()} s ` : `  … ${seconds()} s\n`,
      ),
    tty ? 1_000 : 5_000,
  );
  return () => {
    clearInterval(timer);
    process.stderr.write(`${tty ? '\r' : ''}Installed in ${seconds()} s.       \n`);
  };
};

const runNpm = () =>
  new Promise((resolve) => {
    const { command, args, shell } = npmCommand();
    const child = spawn(
      command,
      [...args, 'ci', '--include=dev', '--include=optional', '--loglevel=error'],
      {
        cwd: root,
        shell,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    process.on('exit', () => child.kill());
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    child.on('error', (error) =>
      resolve({ code: -1, output: String(error), missing: error.code === 'ENOENT' }),
    );
    child.on('close', (code) => resolve({ code, output, missing: false }));
  });

/** Whether `node` in the project's scripts will be new enough to run TypeScript sources. */
const checkNode = () => {
  const local = join(
    root,
    'node_modules',
    '.bin',
    process.platform === 'win32' ? 'node.cmd' : 'node',
  );
  const node = existsSync(local) ? local : process.execPath;
  const { stdout } = spawnSync(node, ['--version'], {
    encoding: 'utf8',
    shell: node.endsWith('.cmd'),
  });
  if (Number(/^v(\d+)\./.exec(stdout ?? '')?.[1] ?? 0) < wantedMajor)
    fail(
      `Partyline runs on Node ${wantedMajor}, which npm has no package of for ${process.platform}-${process.arch}.`,
      `Install Node ${wantedMajor} or newer on this machine, then try again.`,
    );
};

const install = async (stamp) => {
  rmSync(stampFile, { force: true });
  const done = showProgress();
  const { code, output, missing } = await runNpm();
  if (missing) fail('', 'npm is not on the PATH. It comes with Node: https://nodejs.org');
  if (code !== 0) fail('', output.trim(), '', explain(code, output));
  checkNode();
  writeFileSync(stampFile, stamp);
  done();
};

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

if (Number(process.versions.node.split('.')[0]) < leastMajor)
  fail(
    `Node ${process.versions.node} is too old: Partyline's scripts need Node ${leastMajor} or newer.`,
  );

const stamp = wantedStamp();
let told = false;
while (read(stampFile) !== stamp) {
  if (takeLock()) {
    process.on('exit', () => rmSync(lockFile, { force: true }));
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
    // Whoever held the lock before may just have finished.
    if (read(stampFile) !== stamp) await install(stamp);
    break;
  }
  if (!told) console.error('Another process is installing the packages; waiting for it …');
  told = true;
  await sleep(200);
}
