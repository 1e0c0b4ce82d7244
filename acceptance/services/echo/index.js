// A service that tells exactly what reached it, and does what its path asks for.
const fs = require('node:fs')
const http = require('node:http')
const { setTimeout: sleep } = require('node:timers/promises')

const json = (response, value) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'X-Spelled-So': 'yes' })
  response.end(JSON.stringify(value))
}

const paths = {
  '/env': (request, response) => json(response, process.env),
  '/wait': async (request, response, query) => {
    await sleep(Number(query.get('ms')))
    json(response, { pid: process.pid })
  },
  '/status': (request, response, query) => {
    response.writeHead(Number(query.get('code')), { Location: '/elsewhere', 'Set-Cookie': ['a=1', 'b=2'] })
    response.end()
  },
  '/bytes': (request, response, query) => response.end(Buffer.alloc(Number(query.get('count')), 'x')),
  '/stream': async (request, response) => {
    response.write('first\n')
    await sleep(2000)
    response.end('second\n')
  },
  '/write': (request, response) => {
    fs.appendFileSync('notes.txt', 'x')
    json(response, { pid: process.pid, written: fs.readFileSync('notes.txt', 'utf8').length })
  },
  '/say': (request, response, query) => {
    console.log(query.get('text'))
    console.error('error: ' + query.get('text'))
    json(response, {})
  },
}

const server = http.createServer(async (request, response) => {
  const url = new URL(request.url, 'http://service')
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const answer = paths[url.pathname]
  if (answer) return answer(request, response, url.searchParams)
  const body = Buffer.concat(chunks).toString('latin1')
  json(response, { method: request.method, url: request.url, raw: request.rawHeaders, headers: request.headers, body, pid: process.pid })
})
server.listen(process.env.PORT, () => console.log('started ' + process.pid))
