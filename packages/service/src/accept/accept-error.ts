/**
 * What an error of accept(2) means for the door:
 * - `passing`: that one connection came to nothing, the next may be fine;
 * - `exhausted`: this process or machine is out of descriptors or memory, and will be until some
 *   connections end;
 * - `fatal`: the listening socket itself is of no use any more.
 */
export type AcceptError = 'passing' | 'exhausted' | 'fatal';

/** Errors that accept(2) hands on from the network, to be taken as no connection (its manual, "Error handling"). */
const passing = [
  'EAGAIN',
  'ECONNABORTED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'EINTR',
  'ENETDOWN',
  'ENETUNREACH',
  'ENONET',
  'ENOPROTOOPT',
  'EOPNOTSUPP',
  'EPERM',
  'EPROTO',
  'ETIMEDOUT',
];

const exhausted = ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM'];

export const sortAcceptError = (code: string | undefined): AcceptError => {
  if (code !== undefined && passing.includes(code)) return 'passing';
  if (code !== undefined && exhausted.includes(code)) return 'exhausted';
  return 'fatal';
};
