import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { SearchIndex } from './search-index.ts';
import type { Asked, Told } from './search-thread.ts';

/** How often the log is looked at for what is new. */
const LOOK_MS = 250;

/** The index's thread: it follows the log by itself, and answers searches one after the other. */
const { logFile, file, epoch } = workerData as Record<'logFile' | 'file' | 'epoch', string>;
const index = new SearchIndex(logFile, file, epoch);
const tell = (told: Told): void => parentPort?.postMessage(told);

const answer = ({ id, search }: Extract<Asked, { type: 'search' }>): void => {
  try {
    // What was said just now is found.
    index.step();
    const [room = ''] = search.rooms ?? [];
    tell({ id, hits: index.find(search), upTo: index.upTo(room) });
  } catch (error) {
    tell({ id, error: String(error) });
  }
};

let isOver = false;
const follow = async (): Promise<void> => {
  let told = 0;
  while (!isOver) {
    const isMore = index.step();
    const waiting = isMore ? index.waiting : 0;
    if (waiting !== told) tell({ waiting });
    told = waiting;
    await (isMore ? turn() : sleep(LOOK_MS, undefined, { ref: false }));
  }
};

parentPort?.on('message', (asked: Asked) => {
  if (asked.type === 'search') return answer(asked);
  if (asked.type === 'trimmed') return index.trimmed(asked.rooms);
  isOver = true;
  index[Symbol.dispose]();
  parentPort?.close();
});
void follow();
