// Answers what it received: the caller that the platform proved, and the whole request.
const http = require('node:http')

const server = http.createServer(async (request, response) => {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const body = JSON.stringify({
    openid: request.headers['x-wx-openid'] ?? null,
    source: request.headers['x-wx-source'] ?? null,
    method: request.method,
    url: request.url,
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
    env: process.env.CBR_ENV_ID,
    pid: process.pid,
  }, null, 2)
  response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' })
  response.end(body + '\n')
  console.log(`${request.method} ${request.url} from ${request.headers['x-wx-openid'] ?? 'nobody'}`)
})

server.listen(process.env.PORT ?? 80, () => console.log(`whoami listens on ${server.address().port}`))
process.on('SIGTERM', () => server.close(() => process.exit(0)))
