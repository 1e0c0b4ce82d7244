import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startHost } from './host.mjs'

const loaded = (host) => host.frames.find((frame) => frame.kind === 'loaded')
const refusal = async (t, files, options) => {
  const host = await startHost(t, files, options)
  const { kind, error } = await host.invoke()
  assert.equal(kind, 'failed')
  assert.deepEqual(error, loaded(host).error)
  assert.deepEqual((await host.invoke()).error, error)
  return error
}

test('HO-58: index.main is the function, unless another is named', async (t) => {
  const host = await startHost(t, 'exports.main = async () => require("path").basename(__filename)')
  assert.equal(await host.result(), 'index.js')
  assert.ok(loaded(host).millis > 0)
  assert.equal('error' in loaded(host), false)
  const other = await startHost(t, { 'src/app.js': 'exports.handler = async () => require("./other")', 'src/other.js': 'module.exports = "other"' }, { handler: 'src/app.handler' })
  assert.equal(await other.result(), 'other')
})

for (const [what, files] of [
  ['index.mjs', { 'index.mjs': 'export const main = async () => "module"' }],
  ['a module by its package.json', { 'package.json': '{"type":"module"}', 'index.js': 'await null; export async function main() { return "module" }' }],
  ['a default export', { 'index.mjs': 'export default { main: () => "module" }' }],
  ['index.cjs in a package of modules', { 'package.json': '{"type":"module"}', 'index.cjs': 'exports.main = () => "module"' }],
  ['index/index.js', { 'index/index.js': 'exports.main = () => "module"' }],
  ['node_modules', { 'index.js': 'exports.main = () => require("dependency")', 'node_modules/dependency/index.js': 'module.exports = "module"' }],
]) {
  test(`HO-58: ${what} is loaded as Node does`, async (t) => {
    const host = await startHost(t, files)
    assert.equal(await host.result(), 'module')
  })
}

test('HO-58: the working folder is the function\'s', async (t) => {
  const host = await startHost(t, { 'index.js': 'exports.main = () => require("fs").readFileSync("data.txt", "utf8")', 'data.txt': 'data' })
  assert.equal(await host.result(), 'data')
})

test('code that throws before it has a function: each invocation tells it', async (t) => {
  const error = await refusal(t, 'console.log("so far")\nthrow new RangeError("not today")')
  assert.deepEqual([error.name, error.message], ['RangeError', 'not today'])
  assert.match(error.stack, /index\.js:2/)
})

test('a syntax error names file and line', async (t) => {
  const error = await refusal(t, 'exports.main = async () => {\n  return {\n')
  assert.equal(error.name, 'SyntaxError')
  assert.match(error.stack, /index\.js:3/)
})

test('a package that is missing: Node\'s own words', async (t) => {
  const error = await refusal(t, 'const cloud = require("wx-server-sdk")')
  assert.match(error.message, /^Cannot find module 'wx-server-sdk'\nRequire stack:\n- \/var\/user\/index\.js$/)
})

const IN_CODE = 'exports.main = async (event, context) => {…}'
for (const [exported, has, expected] of [
  ['', 'it exports nothing', IN_CODE],
  ['exports.handler = () => 1; exports.other = 2', 'it exports handler, other', `${IN_CODE}, or "handler": "index.handler" in config.json`],
  ['exports.main_handler = async () => 1', 'it exports main_handler', `${IN_CODE}, or "handler": "index.main_handler" in config.json`],
  ['exports.main = "text"', 'main is of type string', IN_CODE],
  ['exports.main = null', 'main is null', IN_CODE],
  ['module.exports = null', 'it exports nothing', IN_CODE],
  ['module.exports = "text"', 'it is of type string', IN_CODE],
]) {
  test(`code without a function main is told so: ${has}`, async (t) => {
    const error = await refusal(t, exported)
    assert.equal(error.message, `index.js exports no function main (${has}); expected: ${expected}`)
    assert.equal(error.stack, `Error: ${error.message}`)
  })
}

test('a missing file is told with what is there', async (t) => {
  const error = await refusal(t, { 'main.js': '', 'package.json': '{}', 'node_modules/x/index.js': '' })
  assert.equal(error.message, "index.js is missing in the function's folder (it has main.js, package.json)")
})

test('a handler that is none is told so', async (t) => {
  const error = await refusal(t, 'exports.main = () => 1', { handler: 'main' })
  assert.equal(error.message, 'the handler is "main" (expected: file and function, such as index.main)')
})

test('an error that nobody catches while the code is loaded is logged, and does not end the loading', async (t) => {
  const host = await startHost(t, { 'index.mjs': 'Promise.reject(new Error("lost")); await new Promise((later) => setTimeout(later, 20)); export const main = () => 1' })
  assert.equal(await host.result(), 1)
  assert.match((await host.log('lost')).text, /outside of any invocation/)
})

test('code that ends the process while it is loaded: the reason is told', async (t) => {
  const host = await startHost(t, 'console.log("bye"); process.exit(4)', { hello: false })
  await assert.rejects(host.hello(), /the connection closed/)
  assert.match((await host.frame('exit')).reason, /exit code 4/)
  assert.deepEqual(host.logs(null), ['bye'])
})
