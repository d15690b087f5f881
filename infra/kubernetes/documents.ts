import { readFileSync } from 'node:fs';
import { parse, parseAllDocuments } from 'yaml';

/** A Kubernetes object as it is written; its schema is looked at elsewhere. */
// biome-ignore lint/suspicious/noExplicitAny: read member by member, as `kubernetes-types` says
export type KubernetesObject = Record<string, any>;

export type Kustomization = {
  readonly resources: readonly string[];
  readonly configMapGenerator?: readonly {
    readonly name: string;
    readonly literals: readonly string[];
  }[];
  readonly secretGenerator?: readonly {
    readonly name: string;
    readonly files: readonly string[];
  }[];
  readonly images?: readonly { readonly name: string; readonly newTag: string }[];
  readonly patches?: readonly { readonly path: string }[];
};

/** kubectl reads YAML 1.1, in which 0440 is octal. */
const version = '1.1';

/** The objects of a text of YAML; throws for what is no YAML, and for a key that is there twice. */
export const objectsIn = (text: string): readonly KubernetesObject[] =>
  [...parseAllDocuments(text, { version, uniqueKeys: true })].map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return document.toJS();
  });

export const readKustomization = (folder: URL): Kustomization =>
  parse(readFileSync(new URL('kustomization.yaml', folder), 'utf8'), { version });

/** The objects of a folder's own files, as its kustomization lists them. */
export const objectsOf = (folder: URL): readonly KubernetesObject[] =>
  readKustomization(folder)
    .resources.filter((it) => it.endsWith('.yaml'))
    .flatMap((file) => objectsIn(readFileSync(new URL(file, folder), 'utf8')));
