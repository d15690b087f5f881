import { keepSecret } from './keep-secret.ts';

// `node infra/make-secrets.ts FILE ...`: makes each secret that is missing.
for (const file of process.argv.slice(2)) keepSecret(file);
