import { isDeepStrictEqual } from 'node:util';
import ciao, { type CiaoService, type ServiceEvent } from '@homebridge/ciao';
import type { Advert } from './adverts.ts';

export interface Advertiser extends AsyncDisposable {
  /** Lists these, and nothing else any more. */
  advertise(adverts: readonly Advert[]): void;
}

type Listed = { readonly advert: Advert; readonly service: CiaoService };

/** A TXT record's strings are of 255 bytes at most (RFC 6763 §6.1), its key among them. */
const TXT_BYTES = 240;

const shortened = (txt: Advert['txt']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(txt).map(([key, value]) => [
      key,
      value.length <= TXT_BYTES ? value : value.slice(0, value.lastIndexOf(',', TXT_BYTES)),
    ]),
  );

/** A label of a host's name (RFC 1123 §2.1). */
const labelOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-|-$/g, '') || 'server';

/** Is found by mDNS (RFC 6762) under a name; says goodbye when it is disposed of. */
export const createAdvertiser = (
  name: string,
  log: { warn(fields: object, message: string): void; info(fields: object, message: string): void },
): Advertiser => {
  const responder = ciao.getResponder();
  const listed = new Map<Advert['type'], Listed>();
  let wanted: readonly Advert[] = [];
  let work: Promise<void> = Promise.resolve();

  const list = async ({ txt, ...advert }: Advert): Promise<void> => {
    // The library takes a host that is listed already for a stranger's, so each has one of its own.
    const hostname = `${labelOf(name)}-${advert.type}`;
    const service = responder.createService({ name, hostname, ...advert, txt: shortened(txt) });
    listed.set(advert.type, { advert: { txt, ...advert }, service });
    service.on('name-change' as ServiceEvent.NAME_CHANGED, (other) =>
      log.info({ name: other }, 'another one on this network has the name: listed under this one'),
    );
    await service.advertise();
  };

  /** Changes only what changed: who has found a service needn't find it again. */
  const renew = async (adverts: readonly Advert[]): Promise<void> => {
    const gone = new Set(listed.keys());
    for (const advert of adverts) {
      const known = listed.get(advert.type);
      if (known?.advert.port === advert.port) {
        gone.delete(advert.type);
        if (isDeepStrictEqual(known.advert.txt, advert.txt)) continue;
        known.service.updateTxt(shortened(advert.txt));
        listed.set(advert.type, { ...known, advert });
        continue;
      }
      await known?.service.end();
      gone.delete(advert.type);
      await list(advert);
    }
    for (const type of gone) {
      await listed.get(type)?.service.end();
      listed.delete(type);
    }
  };

  return {
    advertise: (adverts) => {
      if (isDeepStrictEqual(adverts, wanted)) return;
      wanted = adverts;
      work = work
        .then(() => renew(adverts))
        .catch((error: unknown) =>
          log.warn({ err: error }, 'the server could not be listed by mDNS'),
        );
    },
    [Symbol.asyncDispose]: async () => {
      await work;
      await responder.shutdown();
    },
  };
};
