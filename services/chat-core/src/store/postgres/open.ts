import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { endOf } from '../log-end.ts';
import type { Changes, DatabaseStore, Transaction } from '../port.ts';
import { createReader } from '../reader.ts';
import { transactions } from '../transaction.ts';
import { Witness } from '../witness.ts';
import { postBoard, readBoards } from './boards.ts';
import { checkServer } from './check-server.ts';
import { Cores } from './cores.ts';
import { postgresFlavour } from './flavour.ts';
import { lockLine } from './line-lock.ts';
import { migratePostgres } from './migrate.ts';
import { openPipelines, type Pipeline } from './pipeline.ts';
import { connectionTo, openPool } from './pool.ts';
import { Relay } from './relay.ts';
import { postgresSize } from './size.ts';
import { Growth } from './statistics.ts';
import { exportPostgres } from './transfer.ts';
import { WakeUps } from './wake-ups.ts';
import { addWords, dropWords, findWords, forgetWords } from './words.ts';

/** The line writes on one connection; the other is for trimming. */
const WRITERS = 2;
const READERS = 8;

export type PostgresStoreOptions = {
  /** `postgres://USER:PASSWORD@HOST:PORT/DATABASE` */
  readonly url: string;
  /** Where this machine keeps how far the log had come. */
  readonly folder: string;
  /** How long other cores take this one to be there after its last sign of life. */
  readonly leaseMs: number;
  /** A connection broke that nobody was using. */
  readonly onError: (error: Error) => void;
};

/**
 * Opens the store in a Postgres database, beside any number of other chat-cores. Throws a
 * StoreError when the database can't be used.
 */
export const openPostgresStore = async (options: PostgresStoreOptions): Promise<DatabaseStore> => {
  const { url, folder, onError } = options;
  const core = `core-${randomBytes(6).toString('hex')}`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await using opening = new AsyncDisposableStack();
  const reader = opening.use(openPool({ ...connectionTo(url), max: READERS }, onError));
  await checkServer(reader, url);
  await migratePostgres(connectionTo(url, ['statement_timeout=0']));
  const writer = opening.use(openPipelines({ ...connectionTo(url), max: WRITERS }, onError));

  const witness = opening.use(new Witness(folder));
  const end = await endOf(reader, witness);
  const { epoch } = end;
  let { events } = end;
  witness.note({ epoch, events });

  const cores = new Cores(reader, core, options.leaseMs);
  opening.defer(() => cores.leave().catch(onError));
  const growth = opening.use(new Growth(reader, onError));
  const relay = new Relay({ core, epoch, elapsed: () => performance.now() });
  const wakeUps = opening.use(new WakeUps(connectionTo(url), core));
  await writer.run(async ({ asking, telling }) => {
    await lockLine(telling, undefined);
    await relay.begin(asking);
  });

  const transactionOn = transactions(postgresFlavour);
  const opened = opening.move();
  return {
    epoch,
    read: createReader(reader, epoch, postgresFlavour, (search) => findWords(reader, search)),
    size: () => postgresSize(reader),
    export: () => exportPostgres(url),
    peers: {
      hear: () => relay.hear(reader),
      beat: () => cores.beat(),
      post: (text) => postBoard(reader, core, text),
      boards: () => readBoards(reader, core),
      onTold: (wake) => wakeUps.onTold(wake),
    },
    write: async (work, scope) => {
      let appended = 0;
      let onCommitted: (() => Promise<void>) | undefined;
      const transactionIn = (pipeline: Pipeline): Transaction => {
        const { asking, telling } = pipeline;
        const its = transactionOn(asking, {
          to: telling,
          onTrimmed: (room, first) => dropWords(telling, room, first),
        });
        return {
          ...its,
          apply: async (changes: Changes) => {
            appended += changes.events.length;
            await its.apply(changes);
            await addWords(telling, changes.events);
            await forgetWords(telling, changes.erased);
          },
          peers: {
            hear: () => relay.hear(asking),
            tell: async (tale) => {
              onCommitted = await relay.tell(pipeline, tale);
            },
          },
        };
      };
      const done = await writer.run(async (pipeline) => {
        await lockLine(pipeline.telling, scope);
        return work(transactionIn(pipeline));
      });
      if (onCommitted !== undefined) {
        await onCommitted();
        wakeUps.send();
      }
      events += appended;
      if (appended > 0) witness.note({ epoch, events });
      growth.by(appended);
      return done;
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
