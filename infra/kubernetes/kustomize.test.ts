import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { type KubernetesObject, objectsIn } from './documents.ts';
import { wrongTypes } from './strict-types.ts';

const hasKubectl = spawnSync('kubectl', ['kustomize', '--help']).status === 0;
if (!hasKubectl) console.log('SKIP kustomize: there is no kubectl here');

const folder = mkdtempSync(join(tmpdir(), 'partyline-kustomize-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
cpSync(fileURLToPath(new URL('.', import.meta.url)), folder, { recursive: true });
for (const secret of ['base/bus-token', 'base/admin-token', 'postgres/database-password']) {
  const [variant = '', name = ''] = secret.split('/');
  mkdirSync(join(folder, variant, 'secrets'), { recursive: true });
  writeFileSync(join(folder, variant, 'secrets', name), 'of-a-test\n');
}

const built = (variant: string): readonly KubernetesObject[] =>
  objectsIn(execFileSync('kubectl', ['kustomize', join(folder, variant)], { encoding: 'utf8' }));

describe.skipIf(!hasKubectl)('kubectl kustomize', () => {
  it.each(['base', 'postgres'])('makes of %s what the Kubernetes API takes', (variant) => {
    const objects = built(variant);
    expect(wrongTypes(objects)).toEqual([]);
    for (const it of objects)
      if (it.kind !== 'Namespace') expect(it.metadata.namespace).toBe('partyline');
  });

  it('lets pods read the secrets and settings that it made', () => {
    const objects = built('postgres');
    const made = new Set(
      objects
        .filter((it) => it.kind === 'Secret' || it.kind === 'ConfigMap')
        .map((it) => it.metadata.name),
    );
    const text = JSON.stringify(objects.filter((it) => /Deployment|StatefulSet/.test(it.kind)));
    const asked = [
      ...text.matchAll(
        /"(?:secretName|configMapRef":\{"name|secretKeyRef":\{"key":"\w+","name)":"([^"]+)"/g,
      ),
    ];
    const names = new Set(asked.map(([, name]) => name).filter((name) => name !== 'partyline-tls'));
    expect([...names].filter((name) => !made.has(name))).toEqual([]);
    expect(names.size).toBe(made.size);
  });

  it('keeps the settings of chat-core when it is told of a Postgres', () => {
    const core = built('postgres').find(
      (it) => it.kind === 'StatefulSet' && it.metadata.name === 'chat-core',
    );
    const env: readonly { name: string }[] = core?.spec.template.spec.containers[0].env;
    const names = env.map(({ name }) => name);
    expect(names).toContain('PARTYLINE_DATABASE');
    expect(names).toContain('PARTYLINE_BUS_LISTEN');
    expect(names.indexOf('DATABASE_PASSWORD')).toBeLessThan(names.indexOf('PARTYLINE_DATABASE'));
    expect(core?.spec.replicas).toBe(3);
  });
});
