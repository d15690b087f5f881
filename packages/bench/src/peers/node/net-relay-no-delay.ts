import { createServer, type Socket } from 'node:net';

// The floor again, with the kernel told to send each write at once.
const sockets = new Set<Socket>();

createServer({ noDelay: true }, (socket) => {
  sockets.add(socket);
  socket.on('data', (bytes) => {
    for (const it of sockets) it.write(bytes);
  });
  socket.on('error', () => {});
  socket.on('close', () => sockets.delete(socket));
}).listen(Number(process.argv[2]), '127.0.0.1');
