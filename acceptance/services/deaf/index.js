// Ignores PORT, as programs with a port of their own do.
const server = require('node:http').createServer((request, response) => response.end('heard'))
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1')
