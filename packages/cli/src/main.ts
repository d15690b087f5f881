import { Failure } from './exit-code.ts';
import { run } from './run.ts';
import { localeOf } from './text/locale.ts';

const stopping = new AbortController();
const stopBy = (kind: ConstructorParameters<typeof Failure>[0]) => (): void =>
  stopping.abort(new Failure(kind, ''));

process.on('SIGINT', stopBy('interrupted'));
process.on('SIGTERM', stopBy('terminated'));
process.on('SIGHUP', stopBy('terminated'));
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The terminal is gone; its hangup is told by a signal too, in either order.
  if (error.code === 'EIO') stopBy('terminated')();
  // Nobody reads any more, as behind `head`: that is no fault.
  else if (error.code === 'EPIPE') stopBy('done')();
  else throw error;
});
process.stdin.on('error', stopBy('terminated'));
process.stderr.on('error', () => {});

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  locale: localeOf(process.env),
  stop: stopping.signal,
});
