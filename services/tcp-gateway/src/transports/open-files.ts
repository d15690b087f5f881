/** How many files and sockets this process may have open (RLIMIT_NOFILE); Infinity where that is unlimited or unknown. */
export const openFilesLimit = (): number => {
  const { userLimits } = process.report.getReport() as {
    userLimits?: { open_files?: { soft?: number | 'unlimited' } };
  };
  const limit = userLimits?.open_files?.soft;
  return typeof limit === 'number' ? limit : Number.POSITIVE_INFINITY;
};
