import { createSocket } from 'node:dgram';
import { decode, encode } from 'dns-packet';

// Looks for services by mDNS (RFC 6762) again and again, as browsers of networks do, and writes a line
// of JSON for each record that is told: node browse.ts OWN_ADDRESS.
const MDNS = { port: 5353, address: '224.0.0.251' };
const [own = ''] = process.argv.slice(2);
const types = ['_partyline._tcp.local', '_irc._tcp.local', '_http._tcp.local'];

const socket = createSocket({ type: 'udp4', reuseAddr: true });
socket.on('message', (datagram) => {
  const { type, answers = [], additionals = [] } = decode(datagram);
  if (type !== 'response') return;
  for (const record of [...answers, ...additionals]) {
    const data = 'data' in record ? record.data : undefined;
    const told = Array.isArray(data) ? data.map(String) : data;
    process.stdout.write(`${JSON.stringify({ ...record, data: told })}\n`);
  }
});
socket.bind(MDNS.port, () => {
  socket.addMembership(MDNS.address, own);
  socket.setMulticastInterface(own);
  const questions = types.map((name) => ({ type: 'PTR', name }) as const);
  setInterval(
    () => socket.send(encode({ type: 'query', questions }), MDNS.port, MDNS.address),
    500,
  );
});
