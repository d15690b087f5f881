import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { questions } from './questions/index.ts';
import type { Report } from './questions/question.ts';
import { machine } from './report/machine.ts';
import { markdown } from './report/table.ts';

const names = Object.keys(questions);

const usage = `npm run bench -- [QUESTION …] [--rounds N] [--quick] [--json FILE]
questions: ${names.join(', ')} (all when none is named)
--rounds  how often each server is measured; medians are told (3)
--quick   small sizes and short times, to see that everything works; the figures mean nothing
--json    a file for all figures of all rounds
`;

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const tell = (progress: string): void => void process.stderr.write(`${progress}\n`);

const show = ({ title, method, table, left }: Report): void => {
  print(`\n## ${title}\n\n${method}\n\n${markdown(table)}`);
  for (const line of left) print(`\nNot in the table: ${line}.`);
};

const run = async (asked: readonly string[], rounds: number, quick: boolean, json?: string) => {
  print(`${machine()}. Medians of ${rounds} rounds, the servers in turn.`);
  const data: Record<string, unknown> = { machine: machine(), rounds, quick };
  for (const name of asked) {
    const report = await questions[name]?.({
      rounds,
      quick,
      tell: (progress) => tell(`${name}, ${progress}`),
    });
    if (report === undefined) continue;
    show(report);
    data[name] = report.data;
  }
  if (json !== undefined) await writeFile(json, `${JSON.stringify(data, null, 1)}\n`);
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const isUnderstood =
  Number.isInteger(rounds) && rounds > 0 && positionals.every((it) => names.includes(it));

if (values.help || !isUnderstood) {
  tell(usage);
  process.exitCode = values.help ? 0 : 1;
} else {
  await run(positionals.length > 0 ? positionals : names, rounds, values.quick, values.json);
}
