// GET and POST /api/count, in the form of the official templates. The number lives in this instance only, and goes with it.
const http = require('node:http')

let count = 0

const actions = {
  inc: () => { count += 1 },
  clear: () => { count = 0 },
}

const server = http.createServer(async (request, response) => {
  const path = request.url.split('?')[0]
  if (path === '/api/count') return counted(request, response)
  // The platform writes these headers. Whoever calls without them does not come from WeChat.
  if (path === '/api/wx_openid' && request.headers['x-wx-source']) return response.end(request.headers['x-wx-openid'])
  answer(response, 404, { code: -1, errorMsg: `${request.method} ${path} (expected: GET or POST /api/count, GET /api/wx_openid)` })
})

async function counted(request, response) {
  if (request.method === 'POST') {
    const text = await textOf(request)
    const action = actionOf(text)
    if (!Object.hasOwn(actions, action)) {
      return answer(response, 400, { code: -1, errorMsg: `body: ${text} (expected: {"action":"inc"} or {"action":"clear"})` })
    }
    actions[action]()
    console.log(`instance ${process.pid}: ${action}, now ${count}`)
  }
  answer(response, 200, { code: 0, data: count })
}

async function textOf(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function actionOf(text) {
  try {
    return JSON.parse(text).action
  } catch {
    return undefined
  }
}

function answer(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(body) + '\n')
}

server.listen(process.env.PORT ?? 80, () => console.log(`instance ${process.pid}: begins at 0, port ${server.address().port}`))
process.on('SIGTERM', () => server.close(() => process.exit(0)))
