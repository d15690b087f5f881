// A service that doesn't stop when it is asked to.
process.on('SIGTERM', () => {});
setInterval(() => {}, 1_000);
process.send?.({ type: 'ready' });
