// Exit code 0 when the service of this container is ready; its answer is printed, for `docker inspect`.
const { env } = process;

/** Where each service tells how it is: the setting that moves the port, and its default. Of listeners it is the first. */
const ports = {
  'chat-core': ['PARTYLINE_ADMIN_PORT', 7300],
  'tcp-gateway': ['PARTYLINE_TCP_OPS_PORT', 7009],
  'ws-gateway': ['PARTYLINE_WS_LISTENERS', 'ws://*:7010'],
  'udp-discovery': ['PARTYLINE_UDP_OPS_PORT', 7029],
  'dns-probe': ['PARTYLINE_DNS_PORT', 7030],
  'http-static': ['PARTYLINE_HTTP_PORT', 8080],
};

const [setting, byDefault] = ports[env.PARTYLINE_SERVICE];
const [first] = String(env[setting] ?? byDefault).split(/[\s,]+/);
const url = new URL(first.includes(':') ? first.replace(/^ws/, 'http') : `http://*:${first}`);
url.hostname = '127.0.0.1';
url.pathname = '/readyz';
// The certificate is for the names by which clients come.
if (url.protocol === 'https:') process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
const answer = await fetch(url, { signal: AbortSignal.timeout(3_000) });
console.log(answer.status, await answer.text());
if (!answer.ok) process.exitCode = 1;
