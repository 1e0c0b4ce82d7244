import assert from 'node:assert/strict'
import { test } from 'node:test'
import { folderOf, startHost } from './host.mjs'

test('AD-83: what the function throws comes with name, message and its own stack', async (t) => {
  const host = await startHost(t, 'exports.main = async () => { throw new RangeError("too far") }')
  const { error } = await host.invoke()
  assert.deepEqual([error.name, error.message], ['RangeError', 'too far'])
  assert.match(error.stack, /^RangeError: too far\n    at .*index\.js:1:/)
  assert.doesNotMatch(error.stack, /host\.cjs|invocations\.cjs/)
})

for (const prefix of ['function-', '函数 (1)+%20-']) {
  const modules = { 'node_modules/shared/index.js': 'exports.fail = () => { throw new Error(__filename) }' }

  test(`AD-83: errors name /var/user for the function's folder ${prefix} and its linked modules`, async (t) => {
    const store = folderOf(t, modules, prefix)
    const files = { 'index.js': 'exports.main = ({ how }) => eval(how)', 'esm.mjs': 'export const fail = () => { throw new Error(import.meta.url) }' }
    const host = await startHost(t, files, { prefix, links: { node_modules: `${store}/node_modules` } })
    const failure = async (how) => {
      const { error } = await host.invoke({ how })
      for (const text of [error.message, error.stack]) assert.ok(![store, host.folder, encodeURI(store), encodeURI(host.folder)].some((real) => text.includes(real)), text)
      return error
    }

    assert.match((await failure('null.x')).stack, /\(\/var\/user\/index\.js:1:/)
    const inModule = await failure('require("shared").fail()')
    assert.equal(inModule.message, '/var/user/node_modules/shared/index.js')
    assert.match(inModule.stack, /\(\/var\/user\/node_modules\/shared\/index\.js:1:[^]*\(\/var\/user\/index\.js:1:/)
    const esm = await failure('import("./esm.mjs").then(({ fail }) => fail())')
    assert.equal(esm.message, 'file:///var/user/esm.mjs')
    assert.match(esm.stack, /file:\/\/\/var\/user\/esm\.mjs:1:/)
    assert.match((await failure('require("absent")')).message, /Require stack:\n- \/var\/user\/index\.js$/)
    assert.match((await failure('require("fs").readFileSync(__dirname + "/absent")')).message, /'\/var\/user\/absent'/)
    assert.equal((await failure('throw [__dirname].join()')).message, '/var/user')
  })

  test(`AD-83: errors of the loading name /var/user for the function's folder ${prefix}`, async (t) => {
    for (const [code, expected] of [
      ['const = 1', /^\/var\/user\/index\.js:1\n/],
      ['require("absent")', /Require stack:\n- \/var\/user\/index\.js\n +at /],
      ['require("shared").fail()', /^Error: \/var\/user\/node_modules\/shared\/index\.js\n/],
    ]) {
      const host = await startHost(t, { 'index.js': code, ...modules }, { prefix })
      const { error } = await host.invoke()
      assert.match(error.stack, expected)
      assert.ok(!error.stack.includes(host.folder), error.stack)
    }
  })
}

test('AD-83: folders that only begin like the function\'s are named as they are', async (t) => {
  const host = await startHost(t, 'exports.main = ({ around: [before, after] }) => { throw new Error(before + __dirname + after) }')
  for (const around of [['', '1/x'], ['', '-old'], ['/mnt', '']]) {
    assert.equal((await host.invoke({ around })).error.message, around.join(host.folder))
  }
  assert.equal((await host.invoke({ around: ['in ', '.'] })).error.message, 'in /var/user.')
})

for (const [what, thrown, expected] of [
  ['text', '"just text"', 'just text'],
  ['an object', '({ errCode: 7 })', '{ errCode: 7 }'],
  ['nothing', 'undefined', 'undefined'],
  ['an error of another realm', 'require("vm").runInNewContext("new TypeError(`far`)")', 'far'],
  ['a revoked proxy', '(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy })()', 'something was thrown that cannot be shown'],
  ['an error that cannot be read', 'Object.defineProperty(new Error(), "message", { get() { throw 1 } })', 'something was thrown that cannot be shown'],
  ['an error with a huge message', 'new Error("x".repeat(1e7))', 'x'.repeat(16 * 1024)],
]) {
  test(`AD-83: ${what} can be thrown, and the host goes on`, async (t) => {
    const host = await startHost(t, `exports.main = ({ ok }) => { if (ok) return 1; throw ${thrown} }`)
    assert.equal((await host.invoke()).error.message, expected)
    assert.equal(await host.result({ ok: true }), 1)
  })
}

for (const [what, code] of [
  ['a timer', 'setTimeout(() => { throw new Error("by a timer") }, 1); return new Promise(() => {})'],
  ['an event', 'require("fs").readFile(__filename, () => { throw new Error("by an event") }); return new Promise(() => {})'],
  ['a tick', 'process.nextTick(() => { throw new Error("by a tick") }); return new Promise(() => {})'],
  ['a microtask', 'queueMicrotask(() => { throw new Error("by a microtask") }); return new Promise(() => {})'],
  ['an unawaited promise', '(async () => { await null; throw new Error("by an unawaited promise") })(); return new Promise(() => {})'],
  ['a rejection', 'Promise.reject(new Error("by a rejection")); return new Promise(() => {})'],
]) {
  test(`an error thrown by ${what} fails the invocation that it belongs to, and the host ends`, async (t) => {
    const host = await startHost(t, `exports.main = () => { console.log("before"); ${code} }`)
    const { kind, error } = await host.invoke({}, { id: 'one' })
    assert.equal(kind, 'failed')
    assert.equal(error.message, `by ${what}`)
    assert.match(error.stack, /index\.js/)
    assert.deepEqual(host.logs('one'), ['before'])
    assert.ok(await host.frame('retire'))
    assert.equal(await host.exited, 0)
  })
}

test('an error caught by nobody leaves the other invocations alone; the host ends after them', async (t) => {
  const host = await startHost(t, `
    let go
    exports.main = ({ does }) => {
      if (does === 'fail') return new Promise(() => setTimeout(() => { throw new Error('bad') }, 1))
      if (does === 'wait') return new Promise((done) => (go = done))
      go('good')
    }`)
  const waiting = host.result({ does: 'wait' })
  assert.equal((await host.invoke({ does: 'fail' })).error.message, 'bad')
  await host.frame('retire')
  await host.invoke({ does: 'let go' })
  assert.equal(await waiting, 'good')
  assert.equal(await host.exited, 0)
})

for (const [what, code] of [
  ['timer', 'setTimeout(() => { throw new Error("late") }, 10)'],
  ['promise', 'new Promise((done) => setTimeout(done, 10)).then(() => { throw new Error("late") })'],
]) {
  test(`a ${what} that fails after its invocation has ended disturbs no other`, async (t) => {
    const host = await startHost(t, `exports.main = async ({ bad }) => { if (bad) { ${code}; return 1 } await new Promise((done) => setTimeout(done, 60)); return 2 }`)
    assert.equal(await host.result({ bad: true }, { id: 'bad' }), 1)
    assert.equal(await host.result({}, { id: 'good' }), 2)
    assert.match((await host.frame('retire')).reason, /an invocation that had ended/)
    assert.deepEqual(host.logs('good'), [])
    assert.match(host.logs('bad').join(), /^An error of an invocation that had ended was caught by nobody: Error: late\n.*index\.js/s)
    assert.equal(host.closed, false)
  })
}

test('an error outside of any invocation is logged, and the host wants to retire', async (t) => {
  const host = await startHost(t, 'setTimeout(() => { throw new Error("outside") }, 30); exports.main = async () => new Promise((done) => setTimeout(() => done(1), 60))')
  assert.equal(await host.result(), 1)
  assert.match((await host.log('outside of any invocation')).text, /Error: outside/)
  assert.ok(await host.frame('retire'))
})

test('a function that listens to uncaught errors deals with them itself', async (t) => {
  const host = await startHost(t, `
    process.on('uncaughtException', (error) => globalThis.done(error.message))
    exports.main = () => new Promise((done) => { globalThis.done = done; setTimeout(() => { throw new Error('mine') }, 1) })`)
  assert.equal(await host.result(), 'mine')
  const rejections = await startHost(t, `
    process.on('unhandledRejection', (error) => globalThis.done(error.message))
    exports.main = () => new Promise((done) => { globalThis.done = done; Promise.reject(new Error('mine')) })`)
  assert.equal(await rejections.result(), 'mine')
})

test('process.exit ends the host, and the log that was written before arrives whole', async (t) => {
  const host = await startHost(t, 'exports.main = async () => { for (let i = 0; i < 1000; i++) console.log(i, "x".repeat(1000)); process.stdout.write("no line end"); process.exit(3) }')
  await assert.rejects(host.invoke({}, { id: 'one' }), /the connection closed/)
  assert.match((await host.frame('exit')).reason, /exit code 3/)
  assert.equal(host.logs('one').length, 1001)
  assert.equal(host.logs('one')[1000], 'no line end')
  assert.equal(await host.exited, 3)
})

test('a function that replaces process.exit does not keep the host alive', async (t) => {
  const host = await startHost(t, 'process.exit = () => {}; exports.main = async () => 1')
  await host.result()
  host.socket.destroy()
  assert.equal(await host.exited, 0)
})

test('what was logged before an endless loop has arrived', async (t) => {
  const host = await startHost(t, 'exports.main = async () => { console.log("before"); for (;;); }')
  host.invoke({}, { id: 'one' }).catch(() => {})
  assert.equal((await host.log('before')).id, 'one')
})

test('what was logged before an endless loop at the top of the file has arrived', async (t) => {
  const host = await startHost(t, 'console.log("before"); for (;;);', { hello: false })
  host.hello().catch(() => {})
  assert.equal((await host.log('before')).id, null)
})

test('a promise that never settles keeps nobody from the host', async (t) => {
  const host = await startHost(t, 'exports.main = ({ never }) => never ? new Promise(() => {}) : 1')
  host.invoke({ never: true }).catch(() => {})
  assert.equal(await host.result(), 1)
})

test('a function may fork, and its child knows the invocation and the mark of the instance', async (t) => {
  const host = await startHost(t, {
    'index.js': `
      const { fork } = require('child_process')
      const { once } = require('events')
      exports.main = async () => (await once(fork(__dirname + '/child.js'), 'message'))[0]`,
    'child.js': 'process.send([process.env.WX_OPENID, process.env.BERTH_INSTANCE !== undefined, process.env.BERTH_HOST_KEY === undefined]); process.disconnect()',
  })
  assert.deepEqual(await host.result({}, { env: { WX_OPENID: 'a' } }), ['a', true, true])
})

test('a function that spoils JSON and console spoils nothing between host and server', async (t) => {
  const host = await startHost(t, `
    JSON.stringify = () => '"spoilt"'
    JSON.parse = () => 1
    console.log = undefined
    exports.main = async () => { process.stdout.write('still'); throw new Error('told') }`)
  assert.equal((await host.invoke({ a: 1 }, { id: 'one' })).error.message, 'told')
  assert.deepEqual(host.logs('one'), ['still'])
})
