import { readdirSync } from 'node:fs';
import { type Definition, settingsTable } from '../packages/service/src/index.ts';
import { keepBlock } from './generated-block.ts';

/**
 * Writes the README's table of settings from the definitions that the services read them by:
 * `node infra/settings-table.ts`, or with `--check` to fail when it is stale.
 */
const services = new URL('../services/', import.meta.url);
const readme = new URL('../README.md', import.meta.url);

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

if (import.meta.main) keepBlock(readme, 'settings', await currentTable(), 'npm run settings');
