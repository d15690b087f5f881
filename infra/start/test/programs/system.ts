// A supervisor of two steady services, as `npm start` is of the real ones.
import { run } from '../../run.ts';

const entry = (name: string) => new URL(`./${name}.ts`, import.meta.url).pathname;
const table = [
  { name: 'chat-core', entry: entry('core'), needs: [] },
  { name: 'gateway', entry: entry('steady'), needs: ['chat-core'] },
];
process.exitCode = await run(table, process.argv.slice(2), process.env);
