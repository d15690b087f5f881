import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportPostgres } from '../store/postgres/transfer.ts';
import { exportFolder } from '../store/sqlite/transfer.ts';
import { runCommand, UsageError } from './command.ts';

// `npm run export -- FILE`
await runCommand(async ({ config, args, tell }) => {
  const [given] = args;
  if (given === undefined || args.length > 1) throw new UsageError('Usage: npm run export -- FILE');
  const file = resolve(given);
  const lines =
    config.database === undefined ? exportFolder(config.data) : exportPostgres(config.database);
  try {
    await pipeline(
      Readable.from(lines, { objectMode: false }),
      createWriteStream(`${file}.part`, { flush: true, mode: 0o600 }),
    );
    await rename(`${file}.part`, file);
  } finally {
    await rm(`${file}.part`, { force: true });
  }
  tell(`Exported everything to ${given}.`);
});
