import { isDeepStrictEqual } from 'node:util';
import type { Log } from '@partyline/service';
import type { Link } from '../links.ts';
import type { Advert } from './adverts.ts';
import { createListing, type Listing } from './listing.ts';

/** Is found by mDNS; says goodbye when it is disposed of. */
export interface Advertiser extends AsyncDisposable {
  /** Lists these, and nothing else any more. */
  advertise(adverts: readonly Advert[]): void;
  /** Lists them on these networks, and on no others any more. */
  follow(links: readonly Link[]): void;
}

const interfacesOf = (links: readonly Link[]): readonly string[] =>
  [...new Set(links.filter((it) => !it.isLoopback).map((it) => it.name))].sort();

/**
 * Is found under a name. The library is told which interfaces there are: by itself it finds none in
 * a container, where they are called `eth0@if2`, or where there is no program `ip`.
 */
export const createAdvertiser = (name: string, log: Pick<Log, 'warn' | 'info'>): Advertiser => {
  let listing: Listing | undefined;
  let interfaces: readonly string[] = [];
  let wanted: readonly Advert[] = [];
  let work: Promise<void> = Promise.resolve();

  const next = (step: () => Promise<void>): void => {
    work = work
      .then(step)
      .catch((error: unknown) =>
        log.warn({ err: error }, 'the server could not be listed by mDNS'),
      );
  };

  return {
    advertise: (adverts) => {
      if (isDeepStrictEqual(adverts, wanted)) return;
      wanted = adverts;
      next(async () => listing?.list(adverts));
    },
    follow: (links) => {
      const found = interfacesOf(links);
      if (isDeepStrictEqual(found, interfaces)) return;
      interfaces = found;
      next(async () => {
        await listing?.[Symbol.asyncDispose]();
        listing = found.length === 0 ? undefined : createListing(name, found, log);
        await listing?.list(wanted);
      });
    },
    [Symbol.asyncDispose]: async () => {
      await work;
      await listing?.[Symbol.asyncDispose]();
    },
  };
};
