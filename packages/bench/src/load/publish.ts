import { openConnection } from './connection.ts';
import { durableWires } from './durable-wires.ts';
import type { Jobs } from './job.ts';
import { MarkCounter } from './payload.ts';
import { Progress } from './progress.ts';

/** Plays clients that publish what is to be kept, each as soon as what it published before is kept. */
export const publish = async (of: Jobs['publish']['of']): Promise<Jobs['publish']['gives']> => {
  const { wire, target, clients, batch, forMs } = of;
  const { greeting, request, kept } = durableWires[wire];

  const enter = async (name: string): Promise<(end: number) => Promise<number>> => {
    const progress = new Progress();
    const counter = new MarkCounter(kept);
    const connection = await openConnection({
      target,
      greeting: greeting(name),
      onBytes: (bytes) => progress.add(counter.take(bytes)),
      onEnd: (why) => progress.break(why),
    });
    return async (end) => {
      let published = 0;
      do {
        connection.write(request(name, published, batch));
        published += batch;
        await progress.until(published);
      } while (performance.now() < end);
      return published;
    };
  };

  const entered = [];
  for (let n = 0; n < clients; n += 1) entered.push(await enter(`${of.name}${n}`));
  const began = performance.now();
  const counts = await Promise.all(entered.map((talk) => talk(began + forMs)));
  return { kept: counts.reduce((sum, it) => sum + it, 0), tookMs: performance.now() - began };
};
