import { runService } from '@partyline/service';
import { settings } from './config.ts';
import { startCore } from './core.ts';

await runService('chat-core', settings, startCore);
