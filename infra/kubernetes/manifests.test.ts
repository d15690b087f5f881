import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Definition, readSettings } from '../../packages/service/src/index.ts';
import { type KubernetesObject, objectsIn, objectsOf, readKustomization } from './documents.ts';
import { wrongTypes } from './strict-types.ts';

const base = new URL('base/', import.meta.url);
const postgres = new URL('postgres/', import.meta.url);
const root = new URL('../../', import.meta.url);

const kustomization = readKustomization(base);
const all = [...objectsOf(base), ...objectsOf(postgres)];
const kinds = (...names: readonly string[]) => all.filter((it) => names.includes(it.kind));
const workloads = kinds('Deployment', 'StatefulSet');
const ours = workloads.filter((it) => it.metadata.name !== 'postgres');
const services = readdirSync(new URL('services/', root));
const containerOf = (it: KubernetesObject) => it.spec.template.spec.containers[0];
const podsOf = (selector: Readonly<Record<string, string>>) =>
  workloads.filter((it) =>
    Object.entries(selector).every(
      ([label, value]) => it.spec.template.metadata.labels[label] === value,
    ),
  );
const compose = parse(readFileSync(new URL('docker-compose.yml', root), 'utf8'), { merge: true });

const literalsOf = (name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (kustomization.configMapGenerator?.find((it) => it.name === name)?.literals ?? []).map(
      (literal) => [literal.split('=', 1)[0] ?? '', literal.slice(literal.indexOf('=') + 1)],
    ),
  );
const environmentOf = (it: KubernetesObject): Readonly<Record<string, string>> => {
  const { env = [], envFrom = [] } = containerOf(it);
  const own = env.map(({ name, value }: { name: string; value: string }) => [name, value]);
  return Object.assign(
    {},
    ...envFrom.map((from: KubernetesObject) => literalsOf(from.configMapRef.name)),
    Object.fromEntries(own),
  );
};

describe('the manifests', () => {
  it('are what the Kubernetes API takes, member by member', () => {
    expect(wrongTypes(all)).toEqual([]);
  });

  it('are looked at so that a wrong member would be seen', () => {
    const [wrong] = objectsIn(
      'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { portz: [] }',
    );
    expect(wrongTypes([wrong ?? {}]).join()).toContain('portz');
  });

  it('have every service, each once, and its image as docker-compose.yml names it', () => {
    expect(ours.map((it) => it.metadata.name).sort()).toEqual([...services].sort());
    const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
    for (const it of ours) {
      const { name } = it.metadata;
      expect(containerOf(it).image).toBe(compose.services[name].image.split(':')[0]);
      expect(kustomization.images).toContainEqual({ name: containerOf(it).image, newTag: version });
    }
  });

  it('give one meaning to each name of a kind', () => {
    const names = all.map((it) => `${it.kind} ${it.metadata.name}`);
    expect(names).toEqual([...new Set(names)]);
  });

  it('refer to nothing that is not there', () => {
    const generated = [readKustomization(base), readKustomization(postgres)];
    const known = new Set([
      ...generated.flatMap((it) => (it.configMapGenerator ?? []).map(({ name }) => name)),
      ...generated.flatMap((it) => (it.secretGenerator ?? []).map(({ name }) => name)),
      // Made by who applies them, or by cert-manager.
      'partyline-tls',
    ]);
    for (const it of workloads) {
      const { volumes = [], containers } = it.spec.template.spec;
      const claims = it.spec.volumeClaimTemplates ?? [];
      const declared = [...volumes, ...claims.map((claim: KubernetesObject) => claim.metadata)];
      const volumeNames = declared.map(({ name }) => name);
      for (const { name, volumeMounts, envFrom = [] } of containers) {
        expect(volumeMounts.map((mount: { name: string }) => mount.name).sort()).toEqual(
          [...volumeNames].sort(),
        );
        for (const from of envFrom)
          expect([name, known.has(from.configMapRef.name)]).toEqual([name, true]);
      }
      for (const { secret } of volumes)
        if (secret !== undefined) expect(known).toContain(secret.secretName);
    }
    for (const it of kinds('HorizontalPodAutoscaler'))
      expect(workloads.map((that) => `${that.kind} ${that.metadata.name}`)).toContain(
        `${it.spec.scaleTargetRef.kind} ${it.spec.scaleTargetRef.name}`,
      );
    for (const { http } of kinds('Ingress').flatMap((it) => it.spec.rules))
      for (const { backend } of http.paths) {
        const service = kinds('Service').find((it) => it.metadata.name === backend.service.name);
        const ports = service?.spec.ports.map((port: { name: string }) => port.name);
        expect(ports).toContain(backend.service.port.name);
      }
  });

  it('select pods that there are, and ports that these have', () => {
    for (const it of workloads)
      expect(it.spec.template.metadata.labels).toMatchObject(it.spec.selector.matchLabels);
    const portsOf = (pods: readonly KubernetesObject[]): readonly string[] =>
      pods.flatMap((it) => containerOf(it).ports.map((port: { name: string }) => port.name));
    for (const it of kinds('Service')) {
      const names = portsOf(podsOf(it.spec.selector));
      for (const { targetPort } of it.spec.ports) expect(names).toContain(targetPort);
    }
    for (const it of kinds('PodDisruptionBudget'))
      expect(podsOf(it.spec.selector.matchLabels)).toHaveLength(1);
    for (const { metadata, spec } of kinds('NetworkPolicy')) {
      const pods = podsOf(spec.podSelector.matchLabels ?? {});
      expect([metadata.name, pods.length > 0]).toEqual([metadata.name, true]);
      for (const { ports } of spec.ingress ?? [])
        for (const { port } of ports)
          if (typeof port === 'string') expect(portsOf(pods)).toContain(port);
    }
  });

  it('publish the ports that docker-compose.yml has', () => {
    for (const it of ours) {
      const { name } = it.metadata;
      const theirs: readonly string[] = compose.services[name].ports ?? [];
      const published = theirs.map((port) => Number(/:(\d+)(?:\/udp)?$/.exec(port)?.[1]));
      const own = containerOf(it).ports.map(
        (port: { containerPort: number }) => port.containerPort,
      );
      // TLS of pages and WebSockets ends at the ingress.
      expect(own).toEqual(expect.arrayContaining(published.filter((port) => port !== 7710)));
    }
  });

  it('look after health, and at metrics, where the service serves them', () => {
    for (const it of ours) {
      const { startupProbe, livenessProbe, readinessProbe, ports } = containerOf(it);
      expect(startupProbe.httpGet.path).toBe('/healthz');
      expect(livenessProbe.httpGet.path).toBe('/healthz');
      expect(readinessProbe.httpGet.path).toBe('/readyz');
      const { port } = readinessProbe.httpGet;
      const number = ports.find((known: { name: string }) => known.name === port)?.containerPort;
      const { annotations } = it.spec.template.metadata;
      expect(annotations['prometheus.io/port']).toBe(String(number));
      const policy = kinds('NetworkPolicy').find((known) => known.metadata.name === 'metrics');
      expect(policy?.spec.ingress[0].ports).toContainEqual({ port: number });
    }
  });

  it('let every pod run without rights, on a file system that it can not change', () => {
    for (const it of workloads) {
      const { securityContext, automountServiceAccountToken } = it.spec.template.spec;
      expect(securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(automountServiceAccountToken).toBe(false);
      expect(containerOf(it).securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
    const dockerfile = readFileSync(new URL('infra/Dockerfile', root), 'utf8');
    const [, user] = /^USER (\d+):\1$/m.exec(dockerfile) ?? [];
    for (const it of ours) {
      const { runAsUser, runAsGroup, fsGroup } = it.spec.template.spec.securityContext;
      expect([runAsUser, runAsGroup, fsGroup]).toEqual(Array(3).fill(Number(user)));
    }
  });

  it.each(ours.map((it) => [it.metadata.name, it] as const))(
    'tell %s nothing but settings that it has, each a value that it takes',
    async (name, it) => {
      const config: { readonly settings: Definition } = await import(
        new URL(`services/${name}/src/config.ts`, root).href
      );
      const names = Object.values(config.settings).flatMap((its) => [its.name, `${its.name}_FILE`]);
      const environment = environmentOf(it);
      expect(Object.keys(environment).filter((key) => !names.includes(key))).toEqual([]);
      // Files of secrets are in the pod only.
      const values = Object.entries(environment).map(([key, value]) =>
        key.endsWith('_TOKEN_FILE') ? [key.slice(0, -5), 'a'.repeat(43)] : [key, value],
      );
      expect(() => readSettings(config.settings, Object.fromEntries(values))).not.toThrow();
    },
  );
});

describe('the variant on Postgres', () => {
  it('tells gateways of as many chat-cores as there are', () => {
    const [patch] = objectsIn(readFileSync(new URL('chat-core.yaml', postgres), 'utf8'));
    const bus = readKustomization(postgres).configMapGenerator?.[0]?.literals[0] ?? '';
    const addresses = bus.slice('PARTYLINE_BUS='.length).split(',');
    expect(addresses).toEqual(
      Array.from(
        { length: patch?.spec.replicas },
        (_, index) => `http://chat-core-${index}.chat-core:7301`,
      ),
    );
  });
});
