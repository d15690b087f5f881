import { run } from './run.ts';
import { services } from './services.ts';

// `npm start [-- SERVICE ...]`
process.exitCode = await run(services, process.argv.slice(2), process.env);
