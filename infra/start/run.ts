import { whenOrphaned } from './ancestors.ts';
import { openDataFolder } from './data-folder.ts';
import { type Environment, serviceEnvironment } from './environment.ts';
import { createJournal, type Journal } from './journal.ts';
import { chooseServices, type Service } from './services.ts';
import { StartError } from './start-error.ts';
import { startSystem } from './system.ts';
import { adminWay, certificateWay, instancesOnBus, waysInto } from './ways-in.ts';

/** Aborted when the person, the system or the end of whoever started this process asks it to stop. */
const stopSignal = (environment: Environment, stack: DisposableStack): AbortSignal => {
  const stop = new AbortController();
  const listen = (emitter: NodeJS.EventEmitter, event: string) => {
    const ask = () => stop.abort();
    emitter.on(event, ask);
    stack.defer(() => emitter.off(event, ask));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) listen(process, signal);
  // Nobody reads any more: `npm start | head`.
  listen(process.stdout, 'error');
  // A person who starts this without npm may well leave the shell (nohup).
  if (environment.npm_lifecycle_event !== undefined || environment.PARTYLINE_SUPERVISED === '1')
    stack.use(whenOrphaned(() => stop.abort()));
  return stop.signal;
};

const runUntil = async (
  stop: AbortSignal,
  chosen: readonly Service[],
  given: Environment,
  journal: Journal,
): Promise<void> => {
  using data = openDataFolder(given.PARTYLINE_DATA ?? 'data');
  const environment = serviceEnvironment(given, data);
  await using _system = await startSystem(chosen, environment, journal, stop);
  const clients = chosen.map(({ name }) => name).filter((name) => name !== 'chat-core');
  const instances = await instancesOnBus(environment, clients, stop);
  journal.welcome([
    ...waysInto(instances),
    ...certificateWay(environment, instances),
    ...adminWay(environment),
  ]);
  if (!stop.aborted) await new Promise((resolve) => stop.addEventListener('abort', resolve));
  journal.say('info', 'stopping');
};

/**
 * Runs the services of the table, or those named, until asked to stop; answers with the exit code.
 * Its own settings: PARTYLINE_DATA, the folder (./data), and PARTYLINE_LOG_FORMAT, `pretty` or
 * `json` (pretty on a terminal).
 */
export const run = async (
  table: readonly Service[],
  names: readonly string[],
  given: Environment,
): Promise<number> => {
  using stack = new DisposableStack();
  const stop = stopSignal(given, stack);
  let journal = createJournal(undefined, table);
  try {
    journal = createJournal(given.PARTYLINE_LOG_FORMAT, table);
    await runUntil(stop, chooseServices(table, names), given, journal);
    return 0;
  } catch (error) {
    if (stop.aborted) return 0;
    if (!(error instanceof StartError)) throw error;
    journal.say('error', error.message);
    return error.exitCode;
  }
};
