import { type IncomingMessage, request } from 'node:http';
import { ADMIN_TOKEN } from './core.ts';

export type Line = {
  readonly type: string;
  readonly event?: { readonly seq: number; readonly text: string };
};

/** Opens a stream of lines of the admin API. */
export const openLines = (port: number, path: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    request({ host: '127.0.0.1', port, path, headers, agent: false })
      .on('response', resolve)
      .on('error', reject)
      .end();
  });

/** Reads lines as they come; `until` gives them up to the first that is as wanted. */
export const follow = async (port: number, path: string) => {
  const stream = await openLines(port, path);
  async function* linesOf(): AsyncGenerator<Line, undefined> {
    let rest = '';
    for await (const chunk of stream.setEncoding('utf8')) {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      for (const it of parts) yield JSON.parse(it);
    }
  }
  const lines = linesOf();
  return {
    status: stream.statusCode,
    type: stream.headers['content-type'],
    close: () => stream.destroy(),
    until: async (isWanted: (line: Line) => boolean): Promise<Line[]> => {
      const found: Line[] = [];
      for (;;) {
        const { value, done } = await lines.next();
        if (done || value === undefined) throw new Error(`it ended: ${JSON.stringify(found)}`);
        found.push(value);
        if (isWanted(value)) return found;
      }
    },
  };
};
