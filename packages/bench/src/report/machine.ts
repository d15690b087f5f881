import { cpus, release, totalmem, type } from 'node:os';

/** What the figures were taken on, in one line. */
export const machine = (): string => {
  const cores = cpus();
  const memory = Math.round(totalmem() / 1_073_741_824);
  return `${cores.length} cores (${cores[0]?.model.trim()}), ${memory} GiB, ${type()} ${release()}, Node ${process.versions.node}`;
};
