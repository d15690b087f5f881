import { listenToFeed } from '@partyline/lan';

// Listens to a room of the feed from its beginning, and writes a line of JSON for each event and gap:
// node receive.ts ROOM EPOCH [ADDRESS PORT].
const [room = '', epoch = '', address, port] = process.argv.slice(2);
await listenToFeed({
  wants: (it) => it === room,
  cursors: { epoch, rooms: { [room]: 0 } },
  onNews: (news) => {
    for (const it of news) process.stdout.write(`${JSON.stringify(it)}\n`);
  },
  ...(address !== undefined && { address, port: Number(port), groups: [] }),
});
process.stdout.write('{"type":"listening"}\n');
