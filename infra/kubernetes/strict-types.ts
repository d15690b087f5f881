import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KubernetesObject } from './documents.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where `kubernetes-types` has the types of each group. */
const modules: Readonly<Record<string, string>> = {
  v1: 'core/v1',
  'apps/v1': 'apps/v1',
  'autoscaling/v2': 'autoscaling/v2',
  'networking.k8s.io/v1': 'networking/v1',
  'policy/v1': 'policy/v1',
};

const declared = (it: KubernetesObject, index: number): string => {
  const module = modules[it.apiVersion];
  if (module === undefined) throw new Error(`no types are known of ${it.apiVersion} ${it.kind}`);
  const literal = JSON.stringify(it, null, 1);
  return `export const object${index}: import('kubernetes-types/${module}').${it.kind} = ${literal};`;
};

/**
 * What is wrong with objects by the types of the Kubernetes API, as the compiler says it: a member
 * that there is none of, one that is missing, one of another type.
 */
export const wrongTypes = (objects: readonly KubernetesObject[]): readonly string[] => {
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'kubernetes-'));
  try {
    const file = join(folder, 'objects.ts');
    writeFileSync(file, objects.map(declared).join('\n'));
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--ignoreConfig', '--types', ''];
    const { stdout, status } = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
        ...options,
        ...['--module', 'preserve', '--target', 'esnext', file],
      ],
      { encoding: 'utf8' },
    );
    return status === 0 ? [] : stdout.trim().split('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
