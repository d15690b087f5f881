/** Which pages may connect: those of these origins (`*`: any), or when undefined, see `isOriginAllowed`. */
export type OriginList = readonly string[] | undefined;

/** Whether a text is an entry that an origin list can have: spelled as browsers send it, or `*`. */
export const isOrigin = (text: string): boolean => text === '*' || URL.parse(text)?.origin === text;

const hostName = (url: string): string | undefined => URL.parse(url)?.hostname;

const localNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a page of an origin (RFC 6454 §7) may connect. Browsers don't keep pages from opening
 * WebSockets anywhere, so the server has to. Without a list: pages of the very host that was
 * asked, whatever their port, and pages of the reader's own machine. Programs send no origin.
 */
export const isOriginAllowed = (
  origin: string | undefined,
  host: string | undefined,
  list: OriginList,
): boolean => {
  if (origin === undefined) return true;
  if (list !== undefined) return list.includes('*') || list.includes(origin);
  const name = hostName(origin);
  if (name === undefined || name === '') return false;
  return localNames.has(name) || name === hostName(`http://${host}`);
};
