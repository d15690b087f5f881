import type { Definition, Setting } from './setting.ts';
import { cell, sharedSections } from './shared-sections.ts';

/** A service and what it can be told. */
export type ServiceSettings = { readonly service: string; readonly settings: Definition };

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
export const settingsTable = (services: readonly ServiceSettings[]): string =>
  sharedSections(
    services.map(({ service, settings }) => ({ service, its: Object.values(settings) })),
  )
    .map(([title, its]) => `### ${title}\n\n${table(its)}`)
    .join('\n\n');
