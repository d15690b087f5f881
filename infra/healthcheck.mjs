// Exit code 0 when the service of this container is ready; its answer is printed, for `docker inspect`.
const { env } = process;

/** Where each service tells how it is: the setting that moves the port, and its default. */
const ports = {
  'chat-core': ['PARTYLINE_ADMIN_PORT', 7300],
  'tcp-gateway': ['PARTYLINE_TCP_OPS_PORT', 7009],
  'ws-gateway': ['PARTYLINE_WS_PORT', 7010],
  'udp-discovery': ['PARTYLINE_UDP_OPS_PORT', 7029],
  'dns-probe': ['PARTYLINE_DNS_PORT', 7030],
  'http-static': ['PARTYLINE_HTTP_PORT', 8080],
};

const [setting, byDefault] = ports[env.PARTYLINE_SERVICE];
const url = `http://127.0.0.1:${env[setting] ?? byDefault}/readyz`;
const answer = await fetch(url, { signal: AbortSignal.timeout(3_000) });
console.log(answer.status, await answer.text());
if (!answer.ok) process.exitCode = 1;
