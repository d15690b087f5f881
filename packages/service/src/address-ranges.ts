import { BlockList, isIP, isIPv4 } from 'node:net';

/** Addresses and ranges of them (`192.0.2.1`, `10.0.0.0/8`, `fd00::/8`); undefined when one of them is none. */
export const addressRanges = (texts: readonly string[]): BlockList | undefined => {
  const list = new BlockList();
  for (const text of texts) {
    const [address = '', bits, ...more] = text.split('/');
    const most = isIPv4(address) ? 32 : 128;
    const isFit =
      isIP(address) !== 0 &&
      more.length === 0 &&
      (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
    if (!isFit) return undefined;
    list.addSubnet(address, Number(bits ?? most), isIPv4(address) ? 'ipv4' : 'ipv6');
  }
  return list;
};
