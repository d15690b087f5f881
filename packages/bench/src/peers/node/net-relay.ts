import { createServer, type Socket } from 'node:net';

// The floor: what comes is written to all as it came, so many messages of one turn are one write.
const sockets = new Set<Socket>();

createServer((socket) => {
  sockets.add(socket);
  socket.on('data', (bytes) => {
    for (const it of sockets) it.write(bytes);
  });
  socket.on('error', () => {});
  socket.on('close', () => sockets.delete(socket));
}).listen(Number(process.argv[2]), '127.0.0.1');
