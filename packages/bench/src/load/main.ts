import { chatter } from './chatter.ts';
import { hold } from './hold.ts';
import { insert } from './insert.ts';
import type { Answer, JobName, Jobs, Order } from './job.ts';
import { publish } from './publish.ts';
import { storm } from './storm.ts';
import { unnest } from './unnest.ts';

type Doing = { [J in JobName]: (of: Jobs[J]['of']) => Promise<Jobs[J]['gives']> };

const doing: Doing = {
  ...chatter(),
  ...storm(),
  hold,
  publish,
  insert: async (of) => insert(of),
  unnest,
};

const answer = async ({ job, ...of }: Order): Promise<Answer> => {
  try {
    return { gave: await doing[job](of as never) };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
};

process.on('message', async (order: Order) => process.send?.(await answer(order)));
process.on('disconnect', () => process.kill(process.pid));
