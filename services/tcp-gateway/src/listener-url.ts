import { type DialectName, dialects } from './dialects/index.ts';
import { descriptorName } from './transports/descriptor.ts';
import { type TransportName, transports } from './transports/index.ts';

/** What a listener URL says: `DIALECT+TRANSPORT:ADDRESS`. */
export type ListenerUrl = {
  readonly dialect: DialectName;
  readonly transport: TransportName;
  readonly url: URL;
};

const isDialect = (name: string): name is DialectName => Object.hasOwn(dialects, name);
const isTransport = (name: string): name is TransportName => Object.hasOwn(transports, name);

/** A listener URL's parts; undefined when it is none. */
export const parseListenerUrl = (text: string): ListenerUrl | undefined => {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const [dialect = '', transport = '', ...more] = url.protocol.slice(0, -1).split('+');
  if (more.length > 0 || !isDialect(dialect) || !isTransport(transport)) return undefined;
  const fits = descriptorName(url) !== undefined || transports[transport].fits(url);
  return fits ? { dialect, transport, url } : undefined;
};

/** What a listener URL must be, as in "must be …". */
export const listenerUrlForm = `DIALECT+TRANSPORT:ADDRESS with the dialects ${Object.keys(
  dialects,
).join(', ')} and the transports ${Object.entries(transports)
  .map(([name, { example }]) => `${name} (text+${name}:${example})`)
  .join(', ')}`;
