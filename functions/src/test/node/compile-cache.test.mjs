import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { folderOf, startHost } from './host.mjs'

const sha256 = (content) => createHash('sha256').update(content).digest()
const using = (source) => ({ 'index.js': 'exports.main = async () => require("dependency")()', 'node_modules/dependency/index.js': source })
const saying = (what) => `module.exports = () => "${what}"`

function cacheFolder(t) {
  const folder = mkdtempSync(path.join(tmpdir(), 'cache-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const start = (t, source, cache, folder) => startHost(t, using(source), { folder, variables: { BERTH_HOST_CACHE: cache } })

/** @returns path of the file that a host of this source writes */
async function written(t, source, cache = cacheFolder(t), folder = undefined) {
  const host = await start(t, source, cache, folder)
  await host.result()
  await until(() => existsSync(cache) && readdirSync(cache).some((name) => !name.endsWith(`.${host.process.pid}`)))
  await host.kill()
  const [name] = readdirSync(cache)
  return path.join(cache, name)
}

const isWhole = (bytes) => bytes.subarray(0, 32).equals(sha256(bytes.subarray(32)))

async function until(condition) {
  while (!condition()) await new Promise((pause) => setTimeout(pause, 10))
}

test('what one host compiled, another one uses, in another folder', async (t) => {
  const file = await written(t, saying('one'))
  // V8 takes code for that of any source of the same length, so the answer tells where the code was from.
  pretendItIsOf(file, saying('two'))
  const host = await start(t, saying('two'), path.dirname(file))
  assert.equal(await host.result(), 'one')
})

test('code of another source is not used', async (t) => {
  const file = await written(t, saying('one'))
  const host = await start(t, saying('two'), path.dirname(file))
  assert.equal(await host.result(), 'two')
})

for (const [what, spoil] of [
  ['has one byte changed', (file) => { const bytes = readFileSync(file); bytes[bytes.length - 9] ^= 1; writeFileSync(file, bytes) }],
  ['is cut off', (file) => truncateSync(file, 100)],
  ['is empty', (file) => writeFileSync(file, '')],
  ['is something else', (file) => writeFileSync(file, 'x'.repeat(100_000))],
]) {
  test(`a file that ${what} has no effect, and is written anew`, async (t) => {
    const file = await written(t, saying('one'))
    spoil(file)
    const host = await start(t, saying('one'), path.dirname(file))
    assert.equal(await host.result(), 'one')
    await until(() => isWhole(readFileSync(file)))
    assert.deepEqual(readdirSync(path.dirname(file)), [path.basename(file)])
  })
}

test('what one host found, another one in the same folder finds there', async (t) => {
  const folder = folderOf(t, { ...using(saying('one')), 'node_modules/other.js': saying('two') })
  const file = await written(t, undefined, cacheFolder(t), folder)
  change(file, ({ found }) => {
    for (const request of Object.keys(found)) found[request] = path.join(realpathSync(folder), 'node_modules/other.js')
  })
  const host = await start(t, undefined, path.dirname(file), folder)
  assert.equal(await host.result(), 'two')
})

test('other modules in the place of those that were are looked for anew, and known then', async (t) => {
  const folder = folderOf(t, using(saying('one')))
  const file = await written(t, undefined, cacheFolder(t), folder)
  const before = readFileSync(file)
  renameSync(path.join(folder, 'node_modules'), path.join(folder, 'before'))
  mkdirSync(path.join(folder, 'node_modules/dependency/lib'), { recursive: true })
  writeFileSync(path.join(folder, 'node_modules/dependency/package.json'), '{"main":"lib/main.js"}')
  writeFileSync(path.join(folder, 'node_modules/dependency/lib/main.js'), saying('two'))
  const host = await start(t, undefined, path.dirname(file), folder)
  assert.equal(await host.result(), 'two')
  await until(() => !readFileSync(file).equals(before))
  assert.deepEqual(Object.values(indexOf(file).found), [path.join(realpathSync(folder), 'node_modules/dependency/lib/main.js')])
})

test('what was found outside of the modules is looked for anew', async (t) => {
  const folder = folderOf(t, { 'index.js': 'exports.main = async () => [require("dependency")(), require("./own")]', 'own/index.js': 'module.exports = "folder"', 'node_modules/dependency/index.js': saying('one') })
  const file = await written(t, undefined, cacheFolder(t), folder)
  assert.deepEqual(Object.values(indexOf(file).found), [path.join(realpathSync(folder), 'node_modules/dependency/index.js')])
  writeFileSync(path.join(folder, 'own.js'), 'module.exports = "file"')
  const host = await start(t, undefined, path.dirname(file), folder)
  assert.deepEqual(await host.result(), ['one', 'file'])
})

test('code that V8 refuses is compiled', async (t) => {
  const file = await written(t, saying('one'))
  pretendItIsOf(file, saying('longer'))
  const host = await start(t, saying('longer'), path.dirname(file))
  assert.equal(await host.result(), 'longer')
})

test('a folder that is missing or cannot be written has no effect', async (t) => {
  const cache = cacheFolder(t)
  writeFileSync(path.join(cache, 'file'), '')
  for (const folder of [path.join(cache, 'file/folder'), path.join(cache, 'none'), '/proc']) {
    const host = await start(t, saying('one'), folder)
    assert.equal(await host.result(), 'one')
    await new Promise((later) => setTimeout(later, 600)) // it writes after 500
    assert.equal(await host.result(), 'one')
    assert.deepEqual(host.frames.map((frame) => frame.kind), ['loaded', 'done', 'done'])
  }
})

test('a folder in the place of the file has no effect', async (t) => {
  const file = await written(t, saying('one'))
  rmSync(file)
  mkdirSync(path.join(file, 'x'), { recursive: true })
  const host = await start(t, saying('one'), path.dirname(file))
  assert.equal(await host.result(), 'one')
  await new Promise((later) => setTimeout(later, 600)) // it writes after 500
  assert.deepEqual(readdirSync(path.dirname(file)), [path.basename(file)])
})

test('code from the cache is what it is without', async (t) => {
  const source = `#!/usr/bin/env node
    const where = () => new Error('here').stack.split('\\n')[1].replace(/^.*node_modules/, '')
    module.exports = async () => [
      where(), this === exports || this === module.exports, __filename.endsWith('dependency/index.js'), typeof require.resolve.paths('x'), require.resolve('./other.cjs').endsWith('other.cjs'),
      module.children.length, require.cache[__filename] === module, await require('./importing.js')('./module.mjs'), require('./other.cjs'), require.main === module,
    ]`
  const files = { ...using(source), 'node_modules/dependency/module.mjs': 'export default "module"', 'node_modules/dependency/importing.js': 'module.exports = async (name) => (await import(name)).default', 'node_modules/dependency/other.cjs': 'module.exports = new Error("first line").stack.split("\\n")[1].replace(/^.*node_modules/, "")' }
  const cache = cacheFolder(t)
  const results = []
  for (const variables of [{}, { BERTH_HOST_CACHE: cache }, { BERTH_HOST_CACHE: cache }]) {
    const host = await startHost(t, files, { variables })
    results.push(await host.result())
    if (variables.BERTH_HOST_CACHE) await until(() => readdirSync(cache).length === 1)
  }
  assert.equal(results[0].length, 10)
  assert.deepEqual(results[1], results[0])
  assert.deepEqual(results[2], results[0])
})

test('a syntax error in node_modules is told in Node\'s own words', async (t) => {
  const errors = []
  for (const variables of [{}, { BERTH_HOST_CACHE: cacheFolder(t) }]) {
    const host = await startHost(t, using('module.exports = {'), { variables })
    errors.push((await host.invoke()).error)
  }
  assert.equal(errors[1].name, 'SyntaxError')
  assert.equal(errors[1].message, errors[0].message)
  assert.match(errors[1].stack, /dependency\/index\.js:1\n/)
})

/** Writes another source's digest into the index. */
function pretendItIsOf(file, source) {
  change(file, ({ codes }) => (codes[0][0] = sha256(source).toString('base64')))
}

/** Changes the index, and the digest of all that. */
function change(file, edit) {
  const body = readFileSync(file).subarray(32)
  const index = indexOf(file)
  edit(index)
  const text = Buffer.from(JSON.stringify(index))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(text.length)
  const forged = Buffer.concat([length, text, body.subarray(4 + body.readUInt32LE(0))])
  writeFileSync(file, Buffer.concat([sha256(forged), forged]))
}

function indexOf(file) {
  const body = readFileSync(file).subarray(32)
  return JSON.parse(body.subarray(4, 4 + body.readUInt32LE(0)))
}
