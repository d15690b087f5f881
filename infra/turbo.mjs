// Runs turbo with telemetry off, in the one way that works in every shell and on every system.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

const { bin } = createRequire(import.meta.url)('turbo/package.json');
const turbo = createRequire(import.meta.url).resolve(`turbo/${bin.turbo}`);
const env = {
  ...process.env,
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  // turbo asks its tasks for colours also where nobody sees them.
  ...(!process.stdout.isTTY && { NO_COLOR: '1', FORCE_COLOR: '0' }),
};
const child = spawn(process.execPath, [turbo, ...process.argv.slice(2)], { stdio: 'inherit', env });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
});
