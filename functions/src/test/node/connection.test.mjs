import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import net from 'node:net'
import { test } from 'node:test'
import { startHost } from './host.mjs'

const GOOD = 'exports.main = async () => "served"'
const ended = (socket) => (socket.closed ? undefined : once(socket.resume(), 'close'))

for (const [what, said] of [
  ['a wrong key', '{"hello":{"key":"guessed","resultLimit":1}}\n'],
  ['no key', '{"hello":{}}\n'],
  ['a key that is no text', '{"hello":{"key":["the key of this host"]}}\n'],
  ['an invocation before the hello', '{"invoke":{"id":"1","env":{},"context":{},"bytes":0}}\n'],
  ['what is no JSON', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['JSON that is no frame', 'null\n'],
  ['a line without end', 'x'.repeat(5000)],
  ['a hello that is too long', `{"hello":{"key":"${'x'.repeat(5000)}"}}\n`],
]) {
  test(`${what} is dropped without a word, and the server is still let in`, async (t) => {
    const host = await startHost(t, GOOD, { hello: false })
    const stranger = await host.connect()
    let heard = ''
    stranger.on('data', (data) => (heard += data))
    stranger.write(said)
    await ended(stranger)
    assert.equal(heard, '')
    await host.hello()
    assert.equal(await host.result(), 'served')
  })
}

test('one server is served: whoever waits beside it is dropped, and nobody is let in afterwards', async (t) => {
  const host = await startHost(t, GOOD, { hello: false })
  const waiting = await host.connect()
  await host.hello()
  await ended(waiting)
  assert.equal(await host.result(), 'served')
  const late = net.connect(host.port, '127.0.0.1')
  const [error] = await once(late, 'error')
  assert.equal(error.code, 'ECONNREFUSED')
})

test('a server that only looks whether somebody listens is no server', async (t) => {
  const host = await startHost(t, GOOD, { hello: false })
  for (let i = 0; i < 3; i++) (await host.connect()).destroy()
  await host.hello()
  assert.equal(await host.result(), 'served')
})

test('the key and a hello may come byte by byte', async (t) => {
  const host = await startHost(t, GOOD, { hello: false })
  const write = host.socket.write.bind(host.socket)
  host.socket.setNoDelay(true)
  host.socket.write = (text) => { for (const byte of Buffer.from(text)) write(Buffer.of(byte)) }
  await host.hello()
  assert.equal(await host.result({ a: '云' }), 'served')
})

for (const [what, code] of [
  ['nothing runs', GOOD],
  ['an invocation runs', 'exports.main = () => new Promise((done) => setTimeout(done, 1e6))'],
  ['a server of the function listens', 'require("http").createServer().listen(0); exports.main = () => 1'],
  ['it logs', 'setInterval(() => console.log("x".repeat(10_000)), 1); exports.main = () => new Promise(() => {})'],
]) {
  test(`the host ends with its server, when ${what}`, async (t) => {
    const host = await startHost(t, code)
    host.invoke().catch(() => {})
    host.socket.destroy()
    assert.equal(await host.exited, 0)
  })
}

test('a frame that is none ends the host', async (t) => {
  const host = await startHost(t, GOOD)
  host.send('sing', {})
  assert.equal(await host.exited, 0)
  assert.match(host.errors, /unknown frame: sing/)
})

test('a debugger is awaited before the code is loaded', async (t) => {
  const host = await startHost(t, 'console.log("loading"); exports.main = () => "debugged"', { hello: false, variables: { BERTH_HOST_INSPECT: '0' } })
  const loaded = host.hello()
  const { url } = await host.frame('inspecting')
  assert.match(url, /^ws:\/\/127\.0\.0\.1:\d+\//)
  assert.deepEqual(host.logs(null), [])
  await runDebugger(url)
  await loaded
  assert.equal(await host.result(), 'debugged')
})

test('a debugger\'s port that is taken ends the host before it loads anything, and it says so', async (t) => {
  const host = await startHost(t, GOOD, { hello: false })
  const other = await startHost(t, GOOD, { hello: false, variables: { BERTH_HOST_INSPECT: `${host.port}` } })
  await assert.rejects(other.hello(), /the connection closed/)
  assert.equal((await other.frame('portTaken')).port, host.port)
})

test('a host that is started by hand says what it misses', () => {
  const script = new URL('../../main/resources/dev/berth/functions/host.cjs', import.meta.url)
  const { status, stderr } = spawnSync(process.execPath, [script.pathname], { encoding: 'utf8', env: { PORT: '1' } })
  assert.equal(status, 2)
  assert.equal(stderr, 'The variable BERTH_HOST_KEY is missing: Berth starts this script, see its head.\n')
})

/** Speaks just enough of the inspector's protocol. */
async function runDebugger(url) {
  const { hostname, port, pathname } = new URL(url)
  const upgrade = request({ hostname, port, path: pathname, headers: { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': Buffer.alloc(16).toString('base64') } })
  upgrade.end()
  const [, socket] = await once(upgrade, 'upgrade')
  const message = Buffer.from('{"id":1,"method":"Runtime.runIfWaitingForDebugger"}')
  socket.write(Buffer.concat([Buffer.of(0x81, 0x80 | message.length, 0, 0, 0, 0), message])) // text, masked with zeros
}
