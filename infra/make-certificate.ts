import { createLog, openCertificate } from '../packages/service/src/index.ts';

// `node infra/make-certificate.ts FILE HOST`: makes the certificate, for that host and this
// machine, when it is missing; checks it when it is there.

const [file, host] = process.argv.slice(2);
if (file === undefined || host === undefined) throw new Error('a file and a host must be named');
const log = createLog({ service: 'secrets', instance: 'secrets', level: 'info' });
const hosts = [...new Set([host, 'localhost', '127.0.0.1', '::1'])];
try {
  using _certificate = await openCertificate({ source: { type: 'own', file, hosts }, log });
} catch (error) {
  log.fatal({ err: error }, (error as Error).message);
  process.exitCode = 78;
}
