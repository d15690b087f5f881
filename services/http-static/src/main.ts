import { resolve } from 'node:path';
import { createBus } from '@partyline/bus';
import { runService } from '@partyline/service';
import { settings } from './config.ts';
import { listen } from './server.ts';
import { createSite } from './site.ts';

await runService('http-static', settings, async ({ config, instance, log, metrics }) => {
  await using parts = new AsyncDisposableStack();

  const site = await createSite({
    webRoot: resolve(config.webRoot),
    name: config.name,
    locale: config.locale,
    line: config.wsUrl === undefined ? { wsPort: config.wsPort } : { ws: config.wsUrl },
    metrics,
    log,
  });
  const server = parts.use(await listen(site, config));

  // Pages need no bus yet; it is told of them so that udp-discovery can tell of them.
  parts.use(
    createBus({
      url: config.bus,
      token: config.busToken,
      instance,
      log,
      hello: () => ({
        kind: 'http-static',
        endpoints: [`http://${config.publicHost}:${server.port}`],
        commands: [],
        sessions: [],
        rooms: [],
      }),
      onLine: () => undefined,
      onLost: () => undefined,
      onReset: () => undefined,
    }),
  );
  return parts.move();
});
