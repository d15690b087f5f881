import { derived } from './setting.ts';

/** How many files and sockets this process may have open (RLIMIT_NOFILE); Infinity where that is unlimited or unknown. */
const openFilesLimit = (): number => {
  const { userLimits } = process.report.getReport() as {
    userLimits?: { open_files?: { soft?: number | 'unlimited' } };
  };
  const limit = userLimits?.open_files?.soft;
  return typeof limit === 'number' ? limit : Number.POSITIVE_INFINITY;
};

const MOST_CONNECTIONS = 50_000;
/** Descriptors for everything else than clients. */
const OTHER_FILES = 256;

/**
 * How many clients a gateway takes when nobody set it: fewer than the process may have
 * descriptors, since connections beyond these would be dropped without a word.
 */
export const affordableConnections = derived(
  () => Math.max(1, Math.min(MOST_CONNECTIONS, openFilesLimit() - OTHER_FILES)),
  `${MOST_CONNECTIONS}, or what the limit on open files leaves`,
);
