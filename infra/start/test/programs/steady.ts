// A service that is ready at once and stops when it is asked to, or when its supervisor is gone.
const parent = process.ppid;
const timer = setInterval(() => {
  if (process.ppid !== parent) process.exit(0);
}, 50);
process.on('SIGTERM', () => {
  console.log(JSON.stringify({ level: 'info', msg: 'stopped' }));
  clearInterval(timer);
  process.disconnect?.();
});
console.log(JSON.stringify({ level: 'info', msg: 'ready', ...process.env }));
process.send?.({ type: 'ready' });
