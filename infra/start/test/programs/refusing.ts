// A service that says which setting is wrong, and ends.
console.log(JSON.stringify({ level: 'fatal', msg: 'PARTYLINE_HTTP_PORT is "x"; it is a port.' }));
process.exitCode = 78;
