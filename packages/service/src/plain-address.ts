/** An IPv4 client of a socket that is open to IPv6 too, told as what it is; other addresses as they are. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');
