// Asks what it is asked to ask, with the HTTP client that is named, each used as its documentation shows.
const { execFile } = require('node:child_process')
const { mkdtempSync, readFileSync, rmSync } = require('node:fs')
const http = require('node:http')
const https = require('node:https')
const { lookup } = require('node:dns/promises')
const { tmpdir } = require('node:os')
const path = require('node:path')
const { promisify } = require('node:util')
const axios = require('axios')

const run = promisify(execFile)
const bytes = (text) => Buffer.from(text, 'base64')
const plain = (headers) => Object.fromEntries([...headers].map(([name, value]) => [name, String(value)]))

/** The parts of a form with a file, as browsers build it. */
const form = (file) => {
  const data = new FormData()
  data.append(file.field, new Blob([bytes(file.base64)], { type: file.type }), file.name)
  return data
}

const clients = {
  axios: async ({ method, url, headers, body, file }) => {
    const answer = await axios({
      method,
      url,
      headers,
      data: file ? form(file) : body,
      responseType: 'arraybuffer',
      validateStatus: () => true,
    })
    return { status: answer.status, headers: plain(Object.entries(answer.headers)), body: answer.data }
  },
  fetch: async ({ method, url, headers, body, file }) => {
    const answer = await fetch(url, { method, headers, body: file ? form(file) : body })
    return { status: answer.status, headers: plain(answer.headers), body: Buffer.from(await answer.arrayBuffer()) }
  },
  got: async ({ method, url, headers, body, file }) => {
    const { got } = await import('got')
    const answer = await got(url, {
      method,
      headers,
      body: file ? form(file) : body,
      responseType: 'buffer',
      throwHttpErrors: false,
      retry: { limit: 0 },
    })
    return { status: answer.statusCode, headers: plain(Object.entries(answer.headers)), body: answer.body }
  },
  http: ({ method, url, headers, body }) =>
    new Promise((resolve, reject) => {
      const request = (url.startsWith('https:') ? https : http).request(url, { method, headers }, async (answer) => {
        const parts = []
        for await (const part of answer) parts.push(part)
        resolve({ status: answer.statusCode, headers: plain(Object.entries(answer.headers)), body: Buffer.concat(parts) })
      })
      request.on('error', reject)
      request.end(body)
    }),
  curl: async ({ method, url, headers, body, file }) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'curl-'))
    try {
      const out = path.join(folder, 'out')
      const options = ['-sS', '-X', method, '-o', out, '-w', '%{http_code}\\n%{header_json}']
      for (const [name, value] of Object.entries(headers)) options.push('-H', `${name}: ${value}`)
      if (file) {
        const upload = path.join(folder, 'upload')
        require('node:fs').writeFileSync(upload, bytes(file.base64))
        options.push('-F', `${file.field}=@${upload};filename=${file.name};type=${file.type}`)
      } else if (body !== undefined) options.push('--data-binary', body)
      const { stdout } = await run('curl', [...options, url])
      const [status, ...rest] = stdout.split('\n')
      return { status: Number(status), headers: plain(Object.entries(JSON.parse(rest.join('\n')))), body: readFileSync(out) }
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}

const ask = async (question) => {
  try {
    const { status, headers, body } = await clients[question.client]({ headers: {}, ...question })
    return { status, headers, base64: Buffer.from(body).toString('base64') }
  } catch (error) {
    return { error: [error.code, error.cause?.code, error.message].filter(Boolean).join(' ') }
  }
}

http
  .createServer(async (request, response) => {
    const parts = []
    for await (const part of request) parts.push(part)
    const answer =
      request.url === '/address'
        ? await lookup('api.weixin.qq.com').catch((error) => ({ address: '', error: error.code }))
        : await ask(JSON.parse(Buffer.concat(parts)))
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify(answer))
  })
  .listen(process.env.PORT)
