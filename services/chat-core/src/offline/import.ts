import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { importIntoPostgres } from '../store/postgres/transfer.ts';
import { importIntoFolder } from '../store/sqlite/transfer.ts';
import { StoreError } from '../store/store-error.ts';
import { runCommand, UsageError } from './command.ts';

const SAME_LOG = '--same-log';
const usage = `Usage: npm run import -- [${SAME_LOG}] FILE, where FILE is an export, and nothing was said since it was made if ${SAME_LOG} is there`;

// `npm run import -- [--same-log] FILE`
await runCommand(async ({ config, args, tell }) => {
  const isSameLog = args.includes(SAME_LOG);
  const [file, ...more] = args.filter((it) => it !== SAME_LOG);
  if (file === undefined || more.length > 0) throw new UsageError(usage);
  const stream = createReadStream(resolve(file));
  await new Promise((opened, failed) => {
    stream.once('open', opened);
    stream.once('error', ({ message }) =>
      failed(new StoreError(`${message}. Nothing was imported.`)),
    );
  });
  const counts = await (config.database === undefined
    ? importIntoFolder(config.data, stream, isSameLog)
    : importIntoPostgres(config.database, stream, isSameLog));
  const { rooms = 0, events = 0, accounts = 0 } = counts;
  tell(
    `Imported ${file}: ${rooms} rooms, ${events} events, ${accounts} accounts. Start chat-core.`,
  );
});
