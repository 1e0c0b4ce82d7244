import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startHost } from './host.mjs'

const returning = (expression) => `exports.main = async (event) => (${expression})`

test('AD-75: the function gets the event as the client sent it, $url and __proto__ included', async (t) => {
  const host = await startHost(t, returning('[event.$url, Object.keys(event), event.userInfo.openId]'))
  assert.deepEqual(await host.result('{"$url":"list","__proto__":1,"userInfo":{"openId":"o1"}}'), ['list', ['$url', '__proto__', 'userInfo'], 'o1'])
})

test('AD-75: a value that is no promise is a result, too', async (t) => {
  const host = await startHost(t, 'exports.main = () => 7')
  assert.equal(await host.result(), 7)
})

test('AD-75: `this` is what the file exports', async (t) => {
  const host = await startHost(t, 'exports.main = function () { return this.other() }; exports.other = () => "other"')
  assert.equal(await host.result(), 'other')
})

test('AD-81: undefined is null', async (t) => {
  const host = await startHost(t, 'exports.main = async () => {}')
  assert.equal((await host.invoke()).payload, 'null')
})

test('AD-81: what JSON does not know is null', async (t) => {
  const host = await startHost(t, returning('() => 1'))
  assert.equal((await host.invoke()).payload, 'null')
})

test('AD-81: a Buffer has the form that Node gives it', async (t) => {
  const host = await startHost(t, returning('({ file: Buffer.from("hi") })'))
  assert.deepEqual(await host.result(), { file: { type: 'Buffer', data: [104, 105] } })
})

test('AD-81: Chinese, emoji, line ends and lone surrogates arrive', async (t) => {
  const host = await startHost(t, returning('event.text + "\\ud83d"'))
  assert.equal(await host.result({ text: '云泊 🛶\r\n\u2028' }), '云泊 🛶\r\n\u2028\ud83d')
})

test('AD-81: a circular result is an error of the function', async (t) => {
  const host = await startHost(t, 'exports.main = async () => { const a = {}; a.a = a; return a }')
  const { kind, error } = await host.invoke()
  assert.equal(kind, 'failed')
  assert.equal(error.name, 'TypeError')
  assert.match(error.message, /circular/)
})

test('AD-81: a BigInt is an error of the function', async (t) => {
  const host = await startHost(t, returning('10n'))
  assert.match((await host.invoke()).error.message, /BigInt/)
})

test('HO-57, AD-81: a result of 1 MiB arrives, one byte more is not even sent', async (t) => {
  const host = await startHost(t, returning('"x".repeat(event.bytes - 2)'))
  assert.equal((await host.invoke({ bytes: 1024 * 1024 })).payload.length, 1024 * 1024)
  const { kind, size, payload } = await host.invoke({ bytes: 1024 * 1024 + 1 })
  assert.deepEqual([kind, size, payload], ['tooLarge', 1024 * 1024 + 1, ''])
})

test('HO-57: the size of a result is counted in bytes of UTF-8', async (t) => {
  const host = await startHost(t, returning('"云".repeat(350_000)'))
  assert.deepEqual((await host.invoke()).size, 1_050_002)
})

test('HO-57: an event of 6 MB arrives, in pieces', async (t) => {
  const host = await startHost(t, returning('[event.text.length, event.end]'))
  assert.deepEqual(await host.result({ text: '云'.repeat(2_000_000), end: 'end' }), [2_000_000, 'end'])
})

test('HO-57: many events, some large, do not mix', async (t) => {
  const host = await startHost(t, returning('[event.number, event.text.length]'))
  const sizes = [0, 1, 65_536, 65_535, 1_000_000, 3, 131_072, 700_000]
  const results = await Promise.all(sizes.map((size, number) => host.result({ number, text: 'x'.repeat(size) })))
  assert.deepEqual(results, sizes.map((size, number) => [number, size]))
})

test('an event that is no JSON fails the invocation, and the host goes on', async (t) => {
  const host = await startHost(t, returning('event'))
  assert.equal((await host.invoke('{"a":1},"env":{}')).error.name, 'SyntaxError')
  assert.equal(await host.result('1'), 1)
})

test('AD-75: the older form with a callback works', async (t) => {
  const host = await startHost(t, 'exports.main = (event, context, callback) => { setTimeout(() => event.fail ? callback(new TypeError("no")) : callback(null, event.a), 1) }')
  assert.equal(await host.result({ a: 5 }), 5)
  assert.equal((await host.invoke({ fail: true })).error.message, 'no')
})

test('AD-75: a callback that is called before the end counts, and only once', async (t) => {
  const host = await startHost(t, 'exports.main = async (event, context, callback) => { callback(null, 1); callback(null, 2); return 3 }')
  assert.equal(await host.result(), 1)
})

test('AD-78: the context has what the server gives, the variables as JSON text, and the time that is left', async (t) => {
  const host = await startHost(t, 'exports.main = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() })')
  const given = { memory_limit_in_mb: 256, time_limit_in_ms: 3000, request_id: 'r1', function_version: '$LATEST', function_name: 'hello', namespace: 'prod-01' }
  const { environment, left, ...rest } = await host.result({}, { context: given, env: { WX_OPENID: 'o1' } })
  assert.deepEqual(JSON.parse(environment), { WX_OPENID: 'o1' })
  assert.ok(left > 0 && left <= 3000, `${left}`)
  assert.deepEqual(rest, { ...given, callbackWaitsForEmptyEventLoop: false })
})
