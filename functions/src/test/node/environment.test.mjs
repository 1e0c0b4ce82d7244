import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startHost } from './host.mjs'

const identity = (name) => ({ env: { WX_OPENID: `openid of ${name}`, WX_API_TOKEN: `token of ${name}` } })
const calls = ['a', 'b', 'c', 'd', 'e']

test('AD-34: five invocations at once see their own identity, before and after awaits, in timers and in what they start', async (t) => {
  const host = await startHost(t, `
    const { execFile } = require('child_process')
    const { Worker } = require('worker_threads')
    const seen = () => process.env.WX_OPENID + ', ' + process.env.WX_API_TOKEN
    const started = new Promise((all) => { let left = 5; globalThis.arrive = () => --left || all() })
    exports.main = async () => {
      const places = { before: seen() }
      arrive()
      await started
      places.after = seen()
      places.timer = await new Promise((done) => setTimeout(() => done(seen()), 5))
      places.immediate = await new Promise((done) => setImmediate(() => process.nextTick(() => done(seen()))))
      places.child = await new Promise((done) => execFile('sh', ['-c', 'echo "$WX_OPENID, $WX_API_TOKEN"'], (error, out) => done(out.trim())))
      places.worker = await new Promise((done) => new Worker('require("worker_threads").parentPort.postMessage(process.env.WX_OPENID + ", " + process.env.WX_API_TOKEN)', { eval: true }).on('message', done))
      return places
    }`)
  const results = await Promise.all(calls.map((name) => host.result({}, identity(name))))
  results.forEach((places, index) => {
    assert.equal(Object.keys(places).length, 6)
    for (const [place, seen] of Object.entries(places)) assert.equal(seen, `openid of ${calls[index]}, token of ${calls[index]}`, place)
  })
})

test('AD-34: a promise and a timer left running by one invocation and let go by the next see the first one', async (t) => {
  const host = await startHost(t, `
    let go, fire
    exports.main = async ({ leave }) => {
      if (leave) {
        new Promise((done) => (go = done)).then(() => console.log('promise', process.env.WX_OPENID, process.env.ONLY_B))
        const timer = setInterval(() => { if (fire) { clearInterval(timer); console.log('timer', process.env.WX_OPENID, process.env.ONLY_B) } }, 1)
        return
      }
      fire = true
      go()
      await new Promise((later) => setTimeout(later, 20))
      return process.env.WX_OPENID
    }`)
  await host.result({ leave: true }, { id: 'first', env: { WX_OPENID: 'a' } })
  assert.equal(await host.result({}, { id: 'second', env: { WX_OPENID: 'b', ONLY_B: '1' } }), 'b')
  await host.log('timer')
  assert.deepEqual(host.logs('first'), ['promise a undefined', 'timer a undefined'])
  assert.deepEqual(host.logs('second'), [])
})

test('AD-34: nothing that an invocation writes or deletes is seen by the next', async (t) => {
  const host = await startHost(t, `
    exports.main = async ({ how }) => {
      const before = { ...process.env }
      if (how === 'keys') { process.env.MINE = 'x'; delete process.env.COMMON; Object.assign(process.env, { ALSO: 'y' }) }
      if (how === 'whole') process.env = { WHOLE: '1' }
      if (how === 'throw') { process.env.MINE = 'x'; throw new Error('no') }
      return [before, { ...process.env }]
    }`, { variables: { COMMON: 'c' } })
  const seen = ([before, after]) => [names(before), names(after)]
  const names = (variables) => Object.keys(variables).filter((name) => !['PATH', 'BERTH_INSTANCE'].includes(name))
  assert.deepEqual(seen(await host.result({ how: 'keys' }, { env: { WX_OPENID: 'a' } })), [['COMMON', 'WX_OPENID'], ['WX_OPENID', 'MINE', 'ALSO']])
  assert.deepEqual((await host.result({ how: 'whole' }, { env: { WX_OPENID: 'b' } }))[1], { WHOLE: '1' })
  assert.equal((await host.invoke({ how: 'throw' }, { env: { WX_OPENID: 'c' } })).kind, 'failed')
  assert.deepEqual(seen(await host.result({})), [['COMMON'], ['COMMON']])
})

test('AD-34: the process itself never has an identity', async (t) => {
  const host = await startHost(t, `
    const { readFileSync } = require('fs')
    const { Worker, SHARE_ENV } = require('worker_threads')
    exports.main = async () => {
      process.env.WRITTEN = 'secret'
      const shared = await new Promise((done) => new Worker('require("worker_threads").parentPort.postMessage(JSON.stringify(process.env))', { eval: true, env: SHARE_ENV }).on('message', done))
      const report = JSON.stringify(process.report.getReport().environmentVariables)
      return [readFileSync('/proc/self/environ', 'utf8'), shared, report].map((text) => /openid of a|secret/.test(text))
    }`)
  assert.deepEqual(await host.result({}, identity('a')), [false, false, false])
})

test('AD-34: outside of any invocation there are the common variables only, and writing them counts for all', async (t) => {
  const host = await startHost(t, `
    process.env.LOADED = 'while loading'
    setInterval(() => console.log('outside', process.env.WX_OPENID, process.env.LOADED), 1).unref()
    exports.main = async () => { await new Promise((later) => setTimeout(later, 20)); return process.env.LOADED }`)
  assert.equal(await host.result({}, identity('a')), 'while loading')
  const outside = await host.log('outside')
  assert.equal(outside.id, null)
  assert.deepEqual([...new Set(host.logs(null))], ['outside undefined while loading'])
})

test('AD-34: every way to look at the environment shows the same', async (t) => {
  const host = await startHost(t, {
    'package.json': '{"type":"module"}',
    'index.js': `
      import { env } from 'node:process'
      import process from 'process'
      import { execSync } from 'child_process'
      import { createRequire } from 'module'
      import { inspect } from 'util'
      export const main = async () => {
        const required = createRequire(import.meta.url)('process').env
        delete env.GONE
        return {
          same: env === process.env && required === env && globalThis.process.env === env,
          name: env.WX_OPENID,
          spread: { ...env }.WX_OPENID,
          has: ['WX_OPENID' in env, 'NEVER' in env, 'GONE' in env, env.GONE === undefined],
          own: [Object.hasOwn(env, 'WX_OPENID'), env.hasOwnProperty('COMMON')],
          keys: Object.keys(env).includes('WX_OPENID') && Object.entries(env).some(([name]) => name === 'COMMON'),
          loop: (() => { for (const name in env) if (name === 'WX_OPENID') return env[name] })(),
          json: JSON.parse(JSON.stringify(env)).WX_OPENID,
          inspected: inspect(env).includes("WX_OPENID: 'a'") && !inspect(env).includes('GONE'),
          child: execSync('echo $WX_OPENID $GONE $COMMON', { encoding: 'utf8' }).trim(),
        }
      }`,
  }, { variables: { COMMON: 'c', GONE: 'still' } })
  assert.deepEqual(await host.result({}, { env: { WX_OPENID: 'a' } }), {
    same: true, name: 'a', spread: 'a', has: [true, false, false, true], own: [true, true], keys: true, loop: 'a', json: 'a', inspected: true, child: 'a c',
  })
})

test('AD-34: values become text as in Node, and the environment cannot be frozen', async (t) => {
  const host = await startHost(t, `
    const told = (action) => { try { action(); return 'done' } catch (error) { return error.name } }
    exports.main = async () => {
      process.env.NUMBER = 1
      process.env.NOTHING = undefined
      Object.defineProperty(process.env, 'DEFINED', { value: 'd', enumerable: true, writable: true, configurable: true })
      return [process.env.NUMBER, process.env.NOTHING, process.env.DEFINED, told(() => { process.env[Symbol('s')] = 1 }), told(() => Object.freeze(process.env)), process.env[Symbol('s')] === undefined, typeof process.env.toString]
    }`)
  assert.deepEqual(await host.result(), ['1', 'undefined', 'd', 'TypeError', 'TypeError', true, 'function'])
})

test('AD-34: a time zone that an invocation sets has its effect, and ends with it', async (t) => {
  const host = await startHost(t, `
    exports.main = async ({ zone }) => {
      if (zone) process.env.TZ = zone
      return [new Date(0).getHours(), process.env.TZ]
    }`, { variables: { TZ: 'Asia/Shanghai' } })
  assert.deepEqual(await host.result({ zone: 'UTC' }), [0, 'UTC'])
  assert.deepEqual(await host.result({}), [8, 'Asia/Shanghai'])
})

test('the variables of the host are gone before the function is loaded, and the mark of the instance is not', async (t) => {
  const host = await startHost(t, `
    const { execSync } = require('child_process')
    const seen = [Object.keys(process.env), execSync('env', { encoding: 'utf8' }).split('\\n').map((line) => line.split('=')[0])]
    exports.main = async () => seen.map((names) => names.filter((name) => /BERTH|PORT/.test(name)))`)
  assert.deepEqual(await host.result(), [['BERTH_INSTANCE'], ['BERTH_INSTANCE']])
})
