import type { Definition, Setting } from './setting.ts';

/** A service and what it can be told. */
export type ServiceSettings = { readonly service: string; readonly settings: Definition };

/** Bars and line ends would end a cell. */
const cell = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('|', '\\|');

const defaultOf = ({ fallback }: Setting<unknown>): string => {
  switch (fallback.fallback) {
    case 'required':
      return '(must be set)';
    case 'optional':
      return '';
    case 'derived':
      return fallback.shown;
    case 'value':
      return fallback.shown === '' ? '' : `\`${fallback.shown}\``;
  }
};

const table = (settings: readonly Setting<unknown>[]): string =>
  [
    '| Setting | Default | What it is |',
    '| --- | --- | --- |',
    ...settings.map((it) => `| \`${it.name}\` | ${cell(defaultOf(it))} | ${cell(it.about)} |`),
  ].join('\n');

/**
 * The settings of all services as Markdown: those that several services share under the names of
 * these, then each service's own; in the order of the definitions.
 */
export const settingsTable = (services: readonly ServiceSettings[]): string => {
  const settings = new Map<string, Setting<unknown>>();
  const readers = new Map<string, string[]>();
  for (const { service, settings: definition } of services)
    for (const it of Object.values(definition)) {
      settings.set(it.name, it);
      readers.set(it.name, [...(readers.get(it.name) ?? []), service]);
    }
  const titleOf = (names: readonly string[]): string =>
    names.length === services.length ? 'Every service' : names.join(', ');
  const sections = Map.groupBy(settings.values(), (it) => titleOf(readers.get(it.name) ?? []));
  const shared = (title: string): number =>
    title === 'Every service' ? 2 : title.includes(', ') ? 1 : 0;
  return [...sections]
    .sort(([a], [b]) => shared(b) - shared(a))
    .map(([title, its]) => `### ${title}\n\n${table(its)}`)
    .join('\n\n');
};
