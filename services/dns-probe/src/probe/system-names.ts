import { readFile } from 'node:fs/promises';

/** What decides on this machine about a name before, or instead of, DNS. */
export type SystemNames = {
  /** Addresses by name, of the hosts file. */
  readonly hosts: ReadonlyMap<string, ReadonlySet<string>>;
  /** Domains that are tried after a short name. */
  readonly searchDomains: readonly string[];
};

const fieldsOf = (text: string): readonly (readonly string[])[] =>
  text.split('\n').map((line) => line.replace(/#.*/, '').trim().split(/\s+/));

/** hosts(5). */
export const parseHosts = (text: string): SystemNames['hosts'] => {
  const hosts = new Map<string, Set<string>>();
  for (const [address = '', ...names] of fieldsOf(text))
    for (const name of names.map((it) => it.toLowerCase()))
      hosts.set(name, (hosts.get(name) ?? new Set()).add(address));
  return hosts;
};

/** resolv.conf(5): the last `search` or `domain` line counts. */
export const parseSearchDomains = (text: string): readonly string[] =>
  fieldsOf(text)
    .findLast(([word]) => word === 'search' || word === 'domain')
    ?.slice(1) ?? [];

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

/** Reads them anew, since both files change under a running process; one that isn't there says nothing. */
export const readSystemNames = async (): Promise<SystemNames> => ({
  hosts: parseHosts(await textOf('/etc/hosts')),
  searchDomains: parseSearchDomains(await textOf('/etc/resolv.conf')),
});
