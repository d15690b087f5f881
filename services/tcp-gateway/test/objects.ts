import type { Client } from './client.ts';

/** What a program hears. */
type Heard = Readonly<Record<string, unknown>>;

/** Says what a program asks for. */
export const ask = (client: Client, request: object): void => client.say(JSON.stringify(request));

/** The next object of a type; others are passed over. */
export const hear = async (client: Client, type: string): Promise<Heard> => {
  for (;;) {
    const line = await client.hear();
    if (line === undefined) throw new Error(`the connection ended before a ${type} came`);
    const it = JSON.parse(line) as Heard;
    if (it.type === type) return it;
  }
};
