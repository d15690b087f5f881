import { Server } from 'socket.io';

// The chat of Socket.IO's own tutorial. Pings are off the clock of a measurement.
const io = new Server(Number(process.argv[2]), {
  transports: ['websocket'],
  pingInterval: 3_600_000,
  serveClient: false,
});

io.on('connection', (socket) => {
  socket.on('chat message', (text: string) => io.emit('chat message', text));
});
