import { createSocket } from 'node:dgram';
import { networkInterfaces } from 'node:os';

// Stands between a receiver on this host and the feed, and loses 30 of 100 datagrams both ways:
// node lossy-relay.ts GROUP PORT. The receiver is at 127.0.0.1:PORT.
const LOSS = 0.3;
const [group = '', port = ''] = process.argv.slice(2);
const [own] = networkInterfaces().eth0?.filter((it) => it.family === 'IPv4') ?? [];
const near = createSocket('udp4');
const far = createSocket('udp4').bind(0);
let server: string | undefined;

const toReceiver = (datagram: Buffer): void => {
  if (Math.random() >= LOSS) near.send(datagram, Number(port), '127.0.0.1');
};
near.on('message', (datagram, { address }) => {
  if (address === '127.0.0.1') {
    if (server !== undefined && Math.random() >= LOSS) far.send(datagram, 7020, server);
    return;
  }
  server = address;
  toReceiver(datagram);
});
far.on('message', toReceiver);
near.bind(7020, () => {
  near.addMembership(group, own?.address);
  process.stdout.write('{"type":"listening"}\n');
});
