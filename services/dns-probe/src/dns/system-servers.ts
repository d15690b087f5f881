import { getServers } from 'node:dns';
import { type DnsServer, readServers } from './server.ts';

/** The DNS servers that the system of this machine is set up to ask. */
export const systemServers = (): readonly DnsServer[] => readServers(getServers());
