import type { Definition } from './setting.ts';

/** Why a socket could not be opened, as Node tells it. */
type ListenError = NodeJS.ErrnoException & { readonly address?: string; readonly port?: number };

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another program',
  EACCES: 'may not be opened by this user',
  EADDRNOTAVAIL: 'is not an address of this machine',
  ENOTFOUND: 'is a host name that cannot be resolved',
};

/** Whether what was thrown says that a socket could not be opened. */
export const isListenError = (error: unknown): error is ListenError =>
  error instanceof Error &&
  'code' in error &&
  'syscall' in error &&
  ['listen', 'bind', 'getaddrinfo'].includes(String(error.syscall)) &&
  Object.hasOwn(reasons, String(error.code));

/** A sentence that names what could not be opened, why, and the setting to change. */
export const describeListenError = (error: unknown, settingName: string): string => {
  if (!isListenError(error)) return String(error);
  const { address = '', port } = error;
  const everywhere = ['', '::', '0.0.0.0'].includes(address);
  const place = port === undefined ? address : `Port ${port}${everywhere ? '' : ` of ${address}`}`;
  return `${place} ${reasons[error.code ?? '']}. Change ${settingName}, or end what holds it.`;
};

/** Whether a setting, a URL or a path that may be relative to some folder, leads to this path. */
const isPathOf = (text: string, path: string): boolean => {
  const its = text.replace(/^[\w+]*unix:(\/\/)?/, '');
  return path === its || path.endsWith(`/${its}`) || text.endsWith(path);
};

/** The settings whose value holds the port (or the path) that could not be opened. */
export const settingsBehind = (
  error: unknown,
  definition: Definition,
  values: Readonly<Record<string, unknown>>,
): readonly string[] => {
  if (!isListenError(error)) return [];
  const { address, port } = error;
  const isIt = (text: string): boolean =>
    port === undefined
      ? address !== undefined && isPathOf(text, address)
      : text === String(port) || text.endsWith(`:${port}`);
  return Object.entries(definition)
    .filter(
      ([member, it]) => !it.secret && [values[member]].flat().some((value) => isIt(String(value))),
    )
    .map(([, it]) => it.name);
};
