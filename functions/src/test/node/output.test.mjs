import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startHost } from './host.mjs'

const KIB = 1024

test('each line of the log has its invocation, its level, and comes before the end of the invocation', async (t) => {
  const host = await startHost(t, `
    console.log('loading')
    exports.main = async ({ name }) => {
      console.debug('%s %d %j', name, 1, { a: 1 })
      await null
      console.log({ deep: { er: [1] } })
      console.info(name)
      setTimeout(() => console.warn(name), 1)
      await new Promise((done) => setTimeout(done, 10))
      console.error(new TypeError(name).message)
      process.stdout.write('half of ')
      process.stdout.write('a line\\r\\nsecond\\nlast')
      process.stderr.write(Buffer.from('云'))
    }`)
  await Promise.all(['one', 'two'].map((name) => host.result({ name }, { id: name })))
  const end = host.frames.findIndex((frame) => frame.kind === 'done' && frame.id === 'one')
  const lines = (id, frames) => frames.filter((frame) => frame.kind === 'log' && frame.id === id).map(({ level, text }) => `${level} ${text}`)
  assert.deepEqual(lines(null, host.frames), ['info loading'])
  for (const [name, frames] of [['one', host.frames.slice(0, end)], ['two', host.frames]]) {
    assert.deepEqual(lines(name, frames), [
      `debug ${name} 1 {"a":1}`, 'info { deep: { er: [ 1 ] } }', `info ${name}`, `warn ${name}`, `error ${name}`, 'info half of a line\r', 'info second', 'info last', 'error 云',
    ])
  }
})

test('one call of console is one entry, however many lines it has', async (t) => {
  const host = await startHost(t, `
    exports.main = async () => {
      console.group('g')
      console.log('a\\nb')
      console.groupEnd()
      console.table([{ a: 1 }])
      console.assert(false, 'not so')
      console.trace('here')
      console.count('c')
      console.log('')
    }`)
  await host.result({}, { id: 'one' })
  const entries = host.frames.filter((frame) => frame.kind === 'log').map(({ level, text }) => [level, text])
  assert.deepEqual(entries.slice(0, 2), [['info', 'g'], ['info', '  a\n  b']])
  assert.match(entries[2][1], /┌.*┘$/s)
  assert.deepEqual(entries[3], ['warn', 'Assertion failed: not so'])
  assert.match(entries[4].join(), /^error,Trace: here\n {4}at /)
  assert.deepEqual(entries.slice(5), [['info', 'c: 1'], ['info', '']])
})

test('streams end in the log, too, and call back', async (t) => {
  const host = await startHost(t, `
    const { Readable } = require('stream')
    const { pipeline } = require('stream/promises')
    exports.main = async () => {
      const bytes = Buffer.from('云泊\\n')
      for (let i = 0; i < bytes.length; i++) await new Promise((done) => process.stdout.write(bytes.subarray(i, i + 1), done))
      await pipeline(Readable.from(['a', 'b\\n']), process.stdout, { end: false })
      await new Promise((done) => process.stdout.write('61', 'hex', done))
    }`)
  await host.result({}, { id: 'one' })
  assert.deepEqual(host.logs('one'), ['云泊', 'ab', 'a'])
})

test('AD-73: a structured line of cloud.logger() keeps its fields', async (t) => {
  const host = await startHost(t, `
    exports.main = async () => {
      console.__baseLog__({ user: 'alice', ms: 3 }, 'warn')
      console.__baseLog__({ a: 1 }, 'log')
      const circular = {}
      circular.circular = circular
      console.__baseLog__(circular, 'error')
    }`)
  await host.result({}, { id: 'one' })
  const [first, second, third] = host.frames.filter((frame) => frame.kind === 'log')
  assert.deepEqual([first.level, first.fields, first.text], ['warn', { user: 'alice', ms: 3 }, '{"user":"alice","ms":3}'])
  assert.deepEqual([second.level, second.fields], ['info', { a: 1 }])
  assert.deepEqual([third.level, third.fields, third.text], ['error', undefined, '<ref *1> { circular: [Circular *1] }'])
})

test('a line is cut at 64 KiB, between characters', async (t) => {
  const host = await startHost(t, 'exports.main = async () => { console.log("x" + "云".repeat(30_000)); process.stdout.write("y".repeat(70_000)); console.log("after") }')
  await host.result({}, { id: 'one' })
  const [long, after, raw] = host.logs('one')
  assert.ok(Buffer.byteLength(long) <= 64 * KIB && Buffer.byteLength(long) > 63 * KIB, `${Buffer.byteLength(long)}`)
  assert.match(long, /^x云+ … \(\d+ bytes more\)$/)
  assert.match(after, /^y+ … /)
  assert.equal(raw, 'after')
})

test('a single line of 5 MB is cut, not dropped', async (t) => {
  const host = await startHost(t, 'exports.main = async () => { console.log("x".repeat(5e6)); console.log("after") }')
  await host.result({}, { id: 'one' })
  assert.deepEqual(host.logs('one').map((text) => [text.slice(0, 5), text.slice(-12)]), [['xxxxx', ' bytes more)'], ['after', 'after']])
})

test('a flood is cut at 1 MiB, the last line tells how much is missing, and the next invocation may log again', async (t) => {
  const host = await startHost(t, 'exports.main = async ({ lines }) => { for (let i = 0; i < lines; i++) console.log("x".repeat(1023), i % 10); return "done" }')
  assert.equal(await host.result({ lines: 20_000 }, { id: 'flood' }), 'done')
  const logs = host.logs('flood')
  assert.equal(logs.length, 1023 + 1) // 1025 bytes each
  assert.equal(logs.at(-1), `18977 log lines with ${18977 * 1025} bytes were dropped: an invocation may log 1048576 bytes`)
  await host.result({ lines: 1 }, { id: 'next' })
  assert.equal(host.logs('next').length, 1)
})

test('a flood does not grow the memory of the host, and does not hold back the result of another', async (t) => {
  const host = await startHost(t, `
    exports.main = async ({ flood }) => {
      if (!flood) return 'quick'
      const before = process.memoryUsage().rss
      for (let i = 0; i < 300; i++) { for (let j = 0; j < 1000; j++) console.log('x'.repeat(1000)); await new Promise(setImmediate) }
      return process.memoryUsage().rss - before
    }`)
  const flood = host.result({ flood: true })
  assert.equal(await host.result(), 'quick')
  assert.ok((await flood) < 150e6, `${await flood} bytes more`)
})

test('a server that does not read for a while misses nothing', async (t) => {
  const host = await startHost(t, 'exports.main = async () => { for (let i = 0; i < 1000; i++) console.log("x".repeat(1000)) }')
  host.socket.pause()
  const calls = Array.from({ length: 20 }, (_, i) => host.result({}, { id: `${i}` }))
  await new Promise((later) => setTimeout(later, 200))
  host.socket.resume()
  await Promise.all(calls)
  assert.equal(host.frames.filter((frame) => frame.kind === 'log').length, 20_000)
})

test('what is left running may log on, to its own invocation', async (t) => {
  const host = await startHost(t, 'exports.main = async () => { setTimeout(() => console.log("later"), 10) }')
  await host.result({}, { id: 'one' })
  assert.equal((await host.log('later')).id, 'one')
})

test('a flood outside of any invocation is cut, too, and each invocation allows as much again', async (t) => {
  const host = await startHost(t, `
    const flood = (what) => { for (let i = 0; i < 18; i++) console.log(what, 'x'.repeat(65_000)) }
    let go
    setInterval(() => { if (go) { flood('timer'); go(); go = undefined } }, 1)
    flood('loading')
    exports.main = () => new Promise((done) => (go = done))`)
  await host.result()
  await host.result()
  const logs = host.logs(null).map((text) => text.slice(0, 7).trim())
  const arrived = (what) => Array(16).fill(what)
  assert.deepEqual(logs, [...arrived('loading'), '2 log l', ...arrived('timer x'), '2 log l', ...arrived('timer x')])
})
