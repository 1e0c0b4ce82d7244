// Opens its port later than any caller waits.
setTimeout(() => require('node:http').createServer((request, response) => response.end('late')).listen(process.env.PORT), 20_000)
