import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { processMetrics, serviceMetrics } from './metrics-list.ts';
import { groupingsIn, metricsIn } from './queries.ts';

// The files for Prometheus, Grafana and compose, held to the list of metrics and to each other.

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

type Rule = {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly labels?: { readonly severity?: string };
  readonly annotations?: Readonly<Record<string, string>>;
};
const rules: readonly Rule[] = parse(read('prometheus/rules.yml')).groups.flatMap(
  (group: { rules: readonly Rule[] }) => group.rules,
);
const alerts = rules.filter((it) => it.alert !== undefined);

type Panel = {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
  readonly targets?: readonly { readonly expr: string }[];
};
const dashboard = JSON.parse(read('grafana/dashboards/partyline.json'));
const panels: readonly Panel[] = dashboard.panels;
const annotations: readonly { expr: string }[] = dashboard.annotations.list;
const asked = [
  ...rules.map((it) => [it.alert ?? it.record ?? '', it.expr] as const),
  ...panels.flatMap((it) => (it.targets ?? []).map(({ expr }) => [it.title, expr] as const)),
  ...annotations.map(({ expr }) => ['annotation', expr] as const),
];

/** Labels by the name of each series. */
const series = new Map<string, readonly string[]>([
  ['up', []],
  ['ALERTS', ['alertname', 'alertstate', 'severity']],
  // HAProxy's own.
  ['haproxy_frontend_current_sessions', ['proxy']],
  ['haproxy_frontend_denied_connections_total', ['proxy']],
  ['haproxy_backend_active_servers', ['proxy']],
  ['haproxy_backend_connection_errors_total', ['proxy']],
]);
beforeAll(async () => {
  const all = [
    ...(await serviceMetrics()).flatMap(({ metrics }) => Object.values(metrics)),
    ...(await processMetrics()),
  ];
  for (const { name, kind, labels = {} } of all) {
    const its = Object.keys(labels);
    const names =
      kind === 'histogram' ? ['_bucket', '_sum', '_count'].map((it) => name + it) : [name];
    for (const it of names) series.set(it, it.endsWith('_bucket') ? [...its, 'le'] : its);
  }
  for (const { record } of rules) if (record !== undefined) series.set(record, []);
});
const everywhere = ['service', 'instance', 'job'];

describe('rules and dashboard', () => {
  it('ask for nothing that is not in METRICS.md', () => {
    const unknown = asked.flatMap(([where, expression]) =>
      metricsIn(expression)
        .filter(({ name }) => !series.has(name))
        .map(({ name }) => `${where}: ${name}`),
    );
    expect(unknown).toEqual([]);
    expect(asked.length).toBeGreaterThan(80);
  });

  it('choose and group by labels that there are', () => {
    const unknown = asked.flatMap(([where, expression]) => {
      const metrics = metricsIn(expression);
      const known = new Set([
        ...metrics.flatMap(({ name }) => series.get(name) ?? []),
        ...everywhere,
      ]);
      const chosen = metrics.flatMap(({ name, labels }) =>
        labels.filter((it) => ![...(series.get(name) ?? []), ...everywhere].includes(it)),
      );
      return [...chosen, ...groupingsIn(expression).filter((it) => !known.has(it))].map(
        (it) => `${where}: ${it}`,
      );
    });
    expect(unknown).toEqual([]);
  });
});

describe('the rules', () => {
  it('say of each alert how bad it is, what is, what it means and what to do', () => {
    for (const { alert, labels, annotations: told } of alerts) {
      expect([alert, labels?.severity]).toEqual([
        alert,
        expect.stringMatching(/^(critical|warning)$/),
      ]);
      expect([alert, Object.keys(told ?? {})]).toEqual([
        alert,
        ['summary', 'description', 'action'],
      ]);
    }
    const names = alerts.map((it) => it.alert);
    expect(names).toEqual([...new Set(names)]);
  });

  it('are tried: each alert fires in a case that was thought out', () => {
    const cases = read('prometheus/rules.test.yml') + read('prometheus/rules.days.test.yml');
    expect(alerts.filter(({ alert }) => !cases.includes(`alertname="${alert}"`))).toEqual([]);
  });

  const promtool = (...args: readonly string[]) =>
    spawnSync('promtool', args, {
      cwd: fileURLToPath(new URL('prometheus/', import.meta.url)),
      encoding: 'utf8',
    });
  const hasPromtool = promtool('--version').status === 0;
  if (!hasPromtool)
    console.log('SKIP promtool: it is not installed (Debian: apt install prometheus)');

  it.skipIf(!hasPromtool).each([
    ['check', 'config', '--syntax-only', 'prometheus.yml'],
    ['check', 'rules', 'rules.yml'],
    ['test', 'rules', 'rules.test.yml'],
    ['test', 'rules', 'rules.days.test.yml'],
  ])('are well to promtool %s %s %s', (...args) => {
    const { status, stdout, stderr } = promtool(...args.filter((it) => it !== undefined));
    expect(`${status}\n${stdout}${stderr}`).toMatch(/^0\n/);
  });
});

describe('the dashboard', () => {
  it('explains every panel, and asks the data source that is chosen', () => {
    for (const { type, title, description = '', targets = [] } of panels)
      if (type !== 'row')
        expect([title, description.length > 0, targets.length > 0]).toEqual([title, true, true]);
    const sources = JSON.stringify(dashboard).matchAll(/"uid":"([^"]+)"/g);
    const chosen = '$' + '{datasource}';
    expect(new Set([...sources].map(([, uid]) => uid))).toEqual(new Set(['partyline', chosen]));
  });

  it('has a place of its own for every panel', () => {
    const taken = new Set<string>();
    for (const { gridPos } of panels)
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect([x, y, taken.has(`${x} ${y}`)]).toEqual([x, y, false]);
          taken.add(`${x} ${y}`);
          expect(x).toBeLessThan(24);
        }
    const ids = panels.map((it) => it.id);
    expect(ids).toEqual([...new Set(ids)]);
  });
});

describe('compose.observability.yml', () => {
  const root = new URL('../../', import.meta.url);
  const system = parse(read('../../docker-compose.yml'), { merge: true });
  const observers = parse(read('../compose.observability.yml'), { merge: true });

  it('publishes on this machine only, and mounts what there is', () => {
    for (const it of Object.values<{ ports?: string[]; volumes?: string[] }>(observers.services)) {
      for (const port of it.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
      for (const volume of (it.volumes ?? []).filter((that) => that.startsWith('.')))
        expect([volume, existsSync(new URL(volume.split(':')[0] ?? '', root))]).toEqual([
          volume,
          true,
        ]);
    }
  });

  it('lets Prometheus find every service by its name, on one network that both are on', () => {
    const { scrape_configs: jobs } = parse(read('prometheus/prometheus.yml'));
    const joined = (name: string): readonly string[] => [
      ...(system.services[name]?.networks ?? []),
      ...(observers.services[name]?.networks ?? []),
    ];
    const own = joined('prometheus');
    for (const { job_name: job, dns_sd_configs: found } of jobs) {
      expect(found[0].names).toEqual([job]);
      // On one, or it would be asked twice.
      expect([job, joined(job).filter((it) => own.includes(it)).length]).toEqual([job, 1]);
    }
    const ours = readdirSync(new URL('services/', root));
    const names = jobs.map((it: { job_name: string }) => it.job_name);
    expect([...names].sort()).toEqual([...ours, 'edge'].sort());
  });
});
