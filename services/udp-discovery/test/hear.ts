import { createSocket } from 'node:dgram';
import { networkInterfaces } from 'node:os';

// Hears one kind of sending at the port of discovery, and writes a line of JSON for each datagram:
// node hear.ts ADDRESS [SCOPE]. It binds the address that is sent to, so it hears nothing else.
const [address = '', scope] = process.argv.slice(2);
const isIpv6 = address.includes(':');
const socket = createSocket({ type: isIpv6 ? 'udp6' : 'udp4', reuseAddr: true });
socket.on('message', (datagram, { address: from }) => {
  process.stdout.write(`${JSON.stringify({ from, said: datagram.toString() })}\n`);
});
socket.bind({ port: 7020, address }, () => {
  if (scope !== 'group') return;
  const [own] = networkInterfaces().eth0?.filter((it) => it.family === 'IPv4') ?? [];
  socket.addMembership(address, isIpv6 ? '::%eth0' : own?.address);
});
