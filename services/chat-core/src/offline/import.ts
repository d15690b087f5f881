import { createReadStream, type ReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { importIntoPostgres } from '../store/postgres/transfer.ts';
import { importIntoFolder } from '../store/sqlite/transfer.ts';
import { StoreError } from '../store/store-error.ts';
import { runCommand, UsageError } from './command.ts';

const SAME_LOG = '--same-log';
const usage = `Usage: npm run import -- [${SAME_LOG}] FILE, where FILE is an export, - what comes in, and nothing was said since it was made if ${SAME_LOG} is there`;

/** Reads a file. Rejects with a StoreError when it can't be opened. */
const opened = async (file: string): Promise<ReadStream> => {
  const stream = createReadStream(file);
  await new Promise((resolve, reject) => {
    stream.once('open', resolve);
    stream.once('error', ({ message }) =>
      reject(new StoreError(`${message}. Nothing was imported.`)),
    );
  });
  return stream;
};

// `npm run import -- [--same-log] FILE`
await runCommand(async ({ config, args, tell }) => {
  const isSameLog = args.includes(SAME_LOG);
  const [file, ...more] = args.filter((it) => it !== SAME_LOG);
  if (file === undefined || more.length > 0) throw new UsageError(usage);
  const stream = file === '-' ? process.stdin : await opened(resolve(file));
  const counts = await (config.database === undefined
    ? importIntoFolder(config.data, stream, isSameLog)
    : importIntoPostgres(config.database, stream, isSameLog));
  const { rooms = 0, events = 0, accounts = 0 } = counts;
  tell(
    `Imported ${file}: ${rooms} rooms, ${events} events, ${accounts} accounts. Start chat-core.`,
  );
});
