// A service that is ready and then ends by itself.
process.send?.({ type: 'ready' }, () => {
  throw new Error('the roof is on fire');
});
