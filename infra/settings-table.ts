import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type Definition, settingsTable } from '../packages/service/src/index.ts';

/**
 * Writes the README's table of settings from the definitions that the services read them by:
 * `node infra/settings-table.ts`, or with `--check` to fail when it is stale.
 */
const services = new URL('../services/', import.meta.url);
const readme = new URL('../README.md', import.meta.url);

const block = /(?<=<!-- settings -->\n)[\s\S]*?(?=<!-- \/settings -->)/;

/** The README with the table in its place, between `<!-- settings -->` and `<!-- /settings -->`. */
export const withTable = (text: string, table: string): string => {
  if (!block.test(text)) throw new Error('README.md has no place for the settings');
  return text.replace(block, () => `\n${table}\n\n`);
};

/** The table of every service there is; each has its `settings` in `src/config.ts`. */
export const currentTable = async (): Promise<string> => {
  const all = readdirSync(services).map(async (service) => {
    const config: { readonly settings: Definition } = await import(
      new URL(`${service}/src/config.ts`, services).href
    );
    return { service, settings: config.settings };
  });
  return settingsTable(await Promise.all(all));
};

if (import.meta.main) {
  const before = readFileSync(readme, 'utf8');
  const after = withTable(before, await currentTable());
  if (!process.argv.includes('--check')) writeFileSync(readme, after);
  else if (after !== before) {
    console.error('The settings in README.md are stale: run `node infra/settings-table.ts`.');
    process.exitCode = 1;
  }
}
