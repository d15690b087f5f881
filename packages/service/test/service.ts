import {
  commonSettings,
  defineSettings,
  runService,
  setting,
  startOpsServer,
} from '../src/index.ts';

const settings = defineSettings({
  ...commonSettings,
  port: setting.port('PARTYLINE_TRIAL_PORT', 0, 'where health is served'),
  trial: setting.choice(
    'PARTYLINE_TRIAL',
    ['good', 'hang', 'late', 'crash'],
    'good',
    'how it fails',
  ),
});

/** A service as small as one can be, which fails in the ways that tests ask for. */
await runService('trial', settings, async ({ config, log, metrics, signal }) => {
  if (config.trial === 'late') {
    log.info('starting');
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    throw signal.reason;
  }
  const parts = new AsyncDisposableStack();
  const server = await startOpsServer({
    ...{ host: '127.0.0.1', port: config.port, ready: () => true, metrics, log },
  } as const);
  parts.use(server);
  log.info({ port: server.port }, 'open');
  parts.defer(() => log.info('goodbye'));
  if (config.trial === 'hang') parts.defer(() => new Promise(() => {}));
  if (config.trial === 'crash')
    setImmediate(() => {
      throw new Error('a bug');
    });
  return parts;
});
