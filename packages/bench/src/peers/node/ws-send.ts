import { WebSocketServer } from 'ws';

// What the documentation of `ws` shows for a broadcast.
const server = new WebSocketServer({ port: Number(process.argv[2]), host: '127.0.0.1' });

server.on('connection', (socket) => {
  socket.on('message', (data) => {
    for (const it of server.clients) it.send(data, { binary: false });
  });
});
