import { spawn } from 'node:child_process';

/** Starts the trial service, on the same stdout, and waits; a test kills it as nothing else would end it. */
const service = new URL('./service.ts', import.meta.url).pathname;
spawn(process.execPath, [service], {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, PARTYLINE_SUPERVISED: '1' },
});
setInterval(() => {}, 60_000);
