// Prints how many tests passed and failed, by the reports that vitest left in every workspace, and
// then a line for each that failed: its file, a tab, its name.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const workspaces = ['packages', 'services'].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => join(root, folder, name)),
);
const reports = [root, ...workspaces]
  .map((folder) => join(folder, '.turbo', 'test-report.json'))
  .filter(existsSync)
  .map((file) => JSON.parse(readFileSync(file, 'utf8')));

const passed = reports.reduce((sum, report) => sum + report.numPassedTests, 0);
const failed = reports.flatMap(({ testResults }) => testResults).flatMap(failures);
console.log(passed, failed.length);
for (const { file, name } of failed) console.log(`${file}\t${name}`);

/** What failed in a file; one that could not be loaded, or prepared, failed without a test that did. */
function failures({ name, status, assertionResults }) {
  const file = relative(root, name);
  const tests = assertionResults.filter((it) => it.status === 'failed');
  if (tests.length === 0) return status === 'failed' ? [{ file, name: 'could not be run' }] : [];
  return tests.map(({ fullName }) => ({ file, name: fullName }));
}
