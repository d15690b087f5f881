import type { ProbeAnswer } from '@partyline/protocol';

/** Whether an answer says for sure that there is nothing. */
export const isAbsent = ({ result }: ProbeAnswer): boolean =>
  result === 'nxdomain' || result === 'no-data' || result === 'not-found';
