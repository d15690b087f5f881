import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/** Cuts answers off that are still under way when the server is to end: it waits for none of them. */
export const longAnswers = (api: FastifyInstance): ((answer: Readable) => Readable) => {
  const underWay = new Set<Readable>();
  api.addHook('preClose', async () => {
    for (const it of underWay) it.destroy(new Error('chat-core is stopping'));
  });
  return (answer) => {
    underWay.add(answer);
    return answer.once('close', () => underWay.delete(answer));
  };
};
