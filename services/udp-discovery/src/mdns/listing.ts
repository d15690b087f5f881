import { isDeepStrictEqual } from 'node:util';
import ciao, { type CiaoService, type ServiceEvent } from '@homebridge/ciao';
import type { Log } from '@partyline/service';
import type { Advert } from './adverts.ts';

/** What is found by mDNS on some interfaces. Disposing of it says goodbye there. */
export interface Listing extends AsyncDisposable {
  /** Lists these, and nothing else any more. What didn't change needn't be found again. */
  list(adverts: readonly Advert[]): Promise<void>;
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

/** Answers mDNS (RFC 6762) on these interfaces, and no others. */
export const createListing = (
  name: string,
  interfaces: readonly string[],
  log: Pick<Log, 'info'>,
): Listing => {
  const responder = ciao.getResponder({ interface: [...interfaces] });
  const listed = new Map<Advert['type'], Listed>();

  const add = async ({ txt, ...advert }: Advert): Promise<void> => {
    // The library takes a host that is listed already for a stranger's, so each has one of its own.
    const hostname = `${labelOf(name)}-${advert.type}`;
    const service = responder.createService({ name, hostname, ...advert, txt: shortened(txt) });
    listed.set(advert.type, { advert: { txt, ...advert }, service });
    service.on('name-change' as ServiceEvent.NAME_CHANGED, (other) =>
      log.info({ name: other }, 'another one on this network has the name: listed under this one'),
    );
    await service.advertise();
  };

  return {
    list: async (adverts) => {
      const gone = new Set(listed.keys());
      for (const advert of adverts) {
        gone.delete(advert.type);
        const known = listed.get(advert.type);
        if (known?.advert.port === advert.port) {
          if (isDeepStrictEqual(known.advert.txt, advert.txt)) continue;
          known.service.updateTxt(shortened(advert.txt));
          listed.set(advert.type, { ...known, advert });
          continue;
        }
        await known?.service.end();
        await add(advert);
      }
      for (const type of gone) {
        await listed.get(type)?.service.end();
        listed.delete(type);
      }
    },
    [Symbol.asyncDispose]: () => responder.shutdown(),
  };
};
