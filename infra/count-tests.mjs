// Prints how many tests passed and failed, by the reports that vitest left in every workspace.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
// A file that could not be loaded, or prepared, failed without a test that did.
const broken = ({ testResults }) =>
  testResults.filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults.some((it) => it.status === 'failed'),
  );
const failed = reports.reduce((sum, it) => sum + it.numFailedTests + broken(it).length, 0);
console.log(passed, failed);
