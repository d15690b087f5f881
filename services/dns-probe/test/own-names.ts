import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const NAMESPACE = ['unshare', '--mount', '--map-root-user'] as const;
const MOUNT = 'mount --bind "$0/hosts" /etc/hosts && mount --bind "$0/resolv" /etc/resolv.conf';

/** Why no program can have files of its own in place of the machine's; undefined when one can. */
export const ownNamesMissing = (): string | undefined => {
  const [command, ...args] = NAMESPACE;
  const { status, stderr, error } = spawnSync(command, [...args, 'true'], { encoding: 'utf8' });
  return status === 0 ? undefined : (error?.message ?? stderr.trim());
};

/** A hosts file and a resolv.conf, in a folder, and the command that runs a program with them. */
export const ownNames = async (folder: string, files: { hosts: string; resolv: string }) => {
  const hosts = (text: string): Promise<void> => writeFile(join(folder, 'hosts'), text);
  await hosts(files.hosts);
  await writeFile(join(folder, 'resolv'), files.resolv);
  return { hosts, through: [...NAMESPACE, 'sh', '-c', `${MOUNT} && exec "$@"`, folder] };
};
