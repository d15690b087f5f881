import { expect, it } from 'vitest';
import { derived, optional, required, setting } from './setting.ts';
import { settingsTable } from './settings-table.ts';

const level = setting.choice('P_LEVEL', ['info', 'debug'], 'info', 'what is logged');
const bus = setting.string('P_BUS', 'unix:bus', 'where | how');

it('tells each setting once: what all share, what some share, what is one’s own', () => {
  const services = [
    {
      service: 'core',
      settings: { level, token: setting.secret('P_TOKEN', required, 'the key') },
    },
    {
      service: 'tcp',
      settings: { level, bus, note: setting.string('P_NOTE', optional, 'a note') },
    },
    {
      service: 'web',
      settings: {
        level,
        bus,
        host: setting.string(
          'P_HOST',
          derived(() => 'h', 'its host'),
          'where',
        ),
        list: setting.list('P_LIST', ['a', 'b'], 'which'),
      },
    },
  ];
  expect(settingsTable(services)).toBe(`### Every service

| Setting | Default | What it is |
| --- | --- | --- |
| \`P_LEVEL\` | \`info\` | what is logged |

### tcp, web

| Setting | Default | What it is |
| --- | --- | --- |
| \`P_BUS\` | \`unix:bus\` | where \\| how |

### core

| Setting | Default | What it is |
| --- | --- | --- |
| \`P_TOKEN\` | (must be set) | the key |

### tcp

| Setting | Default | What it is |
| --- | --- | --- |
| \`P_NOTE\` |  | a note |

### web

| Setting | Default | What it is |
| --- | --- | --- |
| \`P_HOST\` | its host | where |
| \`P_LIST\` | \`a b\` | which |`);
});
