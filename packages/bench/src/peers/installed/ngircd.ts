import { installed } from '../installed-peer.ts';
import type { Peer } from '../peer.ts';

/** An IRC server in C. Its limits are off, and it looks nothing up. */
export const ngircd: Peer = {
  ...installed({
    name: 'ngIRCd (C)',
    program: 'ngircd',
    args: (_port, file) => ['--nodaemon', '--config', file],
    settings: (port) => `
[Global]
  Name = bench.localhost
  Listen = 127.0.0.1
  Ports = ${port}
  ServerUID = ${process.getuid?.() ?? 0}
  ServerGID = ${process.getgid?.() ?? 0}
[Limits]
  MaxConnections = 0
  MaxConnectionsIP = 0
  MaxJoins = 0
  MaxNickLength = 30
  MaxPenaltyTime = 0
  PingTimeout = 3600
[Options]
  DNS = no
  Ident = no
  PAM = no
`,
  }),
  wire: 'irc',
};
