/** A service as DNS-SD (RFC 6763) lists it. */
export type Advert = {
  /** `_irc._tcp` is `irc`. */
  readonly type: 'partyline' | 'irc' | 'http';
  readonly port: number;
  readonly txt: Readonly<Record<string, string>>;
};

const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

type Place = { readonly scheme: string; readonly host: string; readonly port: number };

const placeOf = (endpoint: string): Place | undefined => {
  const [scheme = '', rest] = endpoint.split('://');
  // Only schemes that URL knows have a host there.
  const url = rest === undefined ? null : URL.parse(`http://${rest}`);
  if (url === null) return undefined;
  const port = url.port === '' ? PORTS[`${scheme}:`] : Number(url.port);
  return port === undefined ? undefined : { scheme, host: url.hostname, port };
};

/**
 * What this machine is found by, from the endpoints that every service told of itself: the json
 * dialect as `_partyline._tcp`, with every wire in its TXT record; IRC; and the pages.
 */
export const advertsOf = (endpoints: readonly string[], host: string): readonly Advert[] => {
  const known = new URL(`http://${host}`).hostname;
  const places = endpoints.flatMap((it) => placeOf(it) ?? []).filter((it) => it.host === known);
  const portOf = (scheme: string) => places.find((it) => it.scheme === scheme)?.port;
  const txt = { txtvers: '1' };
  const wires = places.map((it) => `${it.scheme}:${it.port}`).sort();
  const [json, irc, http] = ['json+tcp', 'irc+tcp', 'http'].map(portOf);
  return [
    ...(json === undefined
      ? []
      : [{ type: 'partyline', port: json, txt: { ...txt, wires: wires.join(',') } } as const]),
    ...(irc === undefined ? [] : [{ type: 'irc', port: irc, txt } as const]),
    ...(http === undefined
      ? []
      : [{ type: 'http', port: http, txt: { ...txt, path: '/' } } as const]),
  ];
};
