import { resolve } from 'node:path';
import { SettingsError } from '@partyline/service';
import { restore } from '../store/sqlite/restore/restore.ts';
import { runCommand, UsageError } from './command.ts';

// `npm run restore -- FILE`
await runCommand(async ({ config, args, tell }) => {
  const [file] = args;
  if (file === undefined || args.length > 1)
    throw new UsageError('Usage: npm run restore -- FILE, where FILE is a backup');
  if (config.database !== undefined)
    throw new SettingsError([
      'PARTYLINE_DATABASE names a Postgres, which pg_restore restores; unset it to restore the SQLite of PARTYLINE_DATA.',
    ]);
  const { rooms, events, lastAt, aside } = await restore(resolve(file), config.data);
  const until = events === 0 ? '' : `, the last of ${new Date(lastAt).toISOString()}`;
  tell(`Restored ${config.data} from ${file}: ${rooms} rooms, ${events} events${until}.`);
  if (aside !== undefined) tell(`What was there before is in ${aside}.`);
  tell('Start chat-core: clients that come back are told of the gap, and go on.');
});
