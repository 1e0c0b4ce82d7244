'use strict'
/*
 * Compiled code of what is in node_modules, and where each require found it, kept by an earlier host for the later ones: one file for each
 * version of a function and kind of Node. Node has a cache of code only since 22.1, with a file for each module, known by its absolute path;
 * this one is the same in all of them, and its code holds wherever the files are.
 *
 * The file is a SHA-256 of all that follows; the length of the index (32 bits); the index, JSON, {codes: [[digest of a source, length of its
 * compiled code]…], modules: which folder node_modules was, found: {what was looked for: where it is}}; all compiled codes one after another.
 * V8 does not check compiled code, hence the digests. What was found holds for that folder of modules only: nobody changes one. A file
 * that is missing, spoilt or of another Node has no effect but that the code is compiled, and the file written anew.
 */

const { createHash } = require('crypto')
const { readFileSync, realpathSync, renameSync, statSync, unlinkSync, writeFileSync } = require('fs')
const Module = require('module')
const path = require('path')
const { cachedDataVersionTag } = require('v8')
const vm = require('vm')

const DIGEST_BYTES = 32
const LENGTH_BYTES = 4
const LARGEST = 64 * 1024 * 1024
const IN_NODE_MODULES = `${path.sep}node_modules${path.sep}`
const IMPORT = /\bimport\s*[(/]/ // what vm.Script compiled with cached data cannot do in Node 20
const WRAPPER = Module.wrap('\n').split('\n')[0]

const looked = Module._pathCache ?? {} // where Node remembers, for the life of a process, what each require found

const digest = (content) => createHash('sha256').update(content).digest()

/**
 * @param home the function's folder
 * @returns a function that writes the file if it was of no use; to be called when the code has run, so that what ran is compiled, too
 */
function useCompileCache(folder, home) {
  const file = path.join(folder, `${process.version}-${process.arch}-${cachedDataVersionTag()}`)
  const modules = modulesOf(home)
  const kept = read(file)
  const compiled = new Map() // digest of the source -> script; only while there is nothing kept
  const original = Module.prototype._compile
  const known = kept !== undefined && kept.modules === modules.identity
  if (known) Object.assign(looked, kept.found)

  Module.prototype._compile = function (source, filename, format) {
    const suitable = filename.includes(IN_NODE_MODULES) && [undefined, null, 'commonjs'].includes(format) && !IMPORT.test(source)
    const script = suitable && compile(source, filename)
    return script ? run(this, filename, script) : original.call(this, source, filename, format)
  }

  function compile(source, filename) {
    const key = digest(source).toString('base64')
    const cachedData = kept?.codes.get(key)
    if (kept && !cachedData) return undefined
    try {
      const wrapped = Module.wrap(source.startsWith('#!') ? `//${source}` : source)
      const script = new vm.Script(wrapped, { filename, columnOffset: -WRAPPER.length, cachedData })
      if (!kept) compiled.set(key, script)
      return script
    } catch {
      return undefined // Node says why
    }
  }

  return () => {
    if (!known) write(file, modules, kept?.codes ?? codesOf(compiled))
    compiled.clear()
  }
}

/** Where the modules of a function are, and what tells them from others that were there, or will be. */
function modulesOf(home) {
  try {
    const folder = realpathSync(path.join(home, 'node_modules'))
    const { ino, mtimeMs } = statSync(folder)
    return { folder: folder + path.sep, identity: `${folder} ${ino} ${mtimeMs}` }
  } catch {
    return { identity: 'none' }
  }
}

function codesOf(compiled) {
  return new Map([...compiled].map(([key, script]) => [key, script.createCachedData()]))
}

/** What requires found in the modules; what they found elsewhere may be elsewhere next time. */
function foundIn({ folder }) {
  return Object.fromEntries(Object.entries(looked).filter(([, file]) => folder && file.startsWith(folder)))
}

/** What Node does with a compiled module. */
function run(module, filename, script) {
  const require = (id) => module.require(id)
  require.resolve = (request, options) => Module._resolveFilename(request, module, false, options)
  require.resolve.paths = (request) => Module._resolveLookupPaths(request, module)
  require.main = process.mainModule
  require.extensions = Module._extensions
  require.cache = Module._cache
  return script.runInThisContext().call(module.exports, module.exports, require, module, filename, path.dirname(filename))
}

function read(file) {
  try {
    const bytes = readFileSync(file)
    const body = bytes.subarray(DIGEST_BYTES)
    if (!digest(body).equals(bytes.subarray(0, DIGEST_BYTES))) return undefined
    let offset = LENGTH_BYTES + body.readUInt32LE(0)
    const { codes, modules, found } = JSON.parse(body.subarray(LENGTH_BYTES, offset))
    return { codes: new Map(codes.map(([key, length]) => [key, body.subarray(offset, (offset += length))])), modules, found }
  } catch {
    return undefined
  }
}

function write(file, modules, codes) {
  const temporary = `${file}.${process.pid}`
  try {
    const lengths = [...codes].map(([key, code]) => [key, code.length])
    const index = Buffer.from(JSON.stringify({ codes: lengths, modules: modules.identity, found: foundIn(modules) }))
    const length = Buffer.alloc(LENGTH_BYTES)
    length.writeUInt32LE(index.length)
    const body = Buffer.concat([length, index, ...codes.values()])
    if (codes.size === 0 || body.length > LARGEST) return
    writeFileSync(temporary, Buffer.concat([digest(body), body]))
    renameSync(temporary, file)
  } catch {
    remove(temporary)
  }
}

function remove(file) {
  try {
    unlinkSync(file)
  } catch {
    // It was not made.
  }
}

module.exports = { useCompileCache }
