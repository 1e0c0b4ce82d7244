'use strict'
/*
 * Berth's function host: a Node process in which one version of a cloud function runs, for one invocation after another or for several at
 * once. Nothing of the function or of wx-server-sdk is changed; what they see of Node is: process.env, console and the standard streams
 * belong to the invocation that uses them.
 *
 *   node host.cjs      in the folder of the function, Node 20 or newer, with
 *     PORT                  where it listens, on 127.0.0.1, for one connection: the server's
 *     BERTH_HOST_KEY        what the server says to be let in
 *     BERTH_HOST_HANDLER    file and exported function, such as index.main
 *     BERTH_HOST_INSPECT    a port, or 0 for a free one: waits there for a debugger before it loads the function
 *     BERTH_HOST_CACHE      a folder for compiled code, of this version in this folder alone; not used with a debugger
 *   All of these, and SERVER_PORT, are gone before the function is loaded. All other variables are common to all invocations.
 *
 * Both directions carry frames: a line of JSON in UTF-8 with one key, the kind; a line with "bytes" other than 0 is followed by as many
 * bytes of JSON text. Times in milliseconds.
 *
 *   server → host
 *     {"hello":{"key":"…","resultLimit":1048576}}            first; then the function is loaded
 *     {"invoke":{"id":"…","context":{…},"env":{…},"bytes":n}}   and the event
 *   host → server
 *     {"inspecting":{"url":"ws://…"}}                        waits for a debugger
 *     {"portTaken":{"port":9229}}                            no debugger could connect there; nothing is loaded, and the host ends
 *     {"loaded":{"millis":12.3}}                             once; with "error" all invocations fail alike
 *     {"log":{"id":"…"|null,"level":"debug"|"info"|"warn"|"error","text":"…"[,"fields":{…}]}}
 *     {"done":{"id":"…","bytes":n}}                          and the result
 *     {"failed":{"id":"…","error":{"name":"…","message":"…","stack":"…"}}}
 *     {"tooLarge":{"id":"…","size":n}}                       the result is over the limit, and is not sent
 *     {"retire":{"reason":"…"}}                              no more invocations, please; those that run go on
 *     {"exit":{"reason":"…"}}                                the last frame, when the function has ended the process
 *
 * An error that nobody catches fails the invocation that it belongs to, and then the host ends, as soon as no other invocation runs. If it
 * belongs to none that runs, it is logged, and the host wants to retire. A function that listens to uncaughtException itself is left alone.
 * The host ends when the connection closes.
 */

const exit = process.exit.bind(process) // functions replace it, in tests for example

const { awaitServer } = require('./connection.cjs')
const { isolate } = require('./environment.cjs')
const { describe } = require('./failure.cjs')
const { load } = require('./handler.cjs')
const { Invocations } = require('./invocations.cjs')
const { capture } = require('./output.cjs')

const AFTER_FIRST_INVOCATION = 500 // ms
const folder = process.cwd()
const { port, key, handler, inspect, cache } = takeVariables()
let connection
let keep // writes what was compiled
const send = (...frame) => connection?.send(...frame)
const invocations = new Invocations(send)

awaitServer({ port, key, listening, hello, frame, gone })

function takeVariables() {
  const take = (name) => {
    const value = process.env[name]
    delete process.env[name]
    return value
  }
  const need = (name) => {
    const value = take(name)
    if (value) return value
    console.error(`The variable ${name} is missing: Berth starts this script, see its head.`)
    exit(2)
  }
  take('SERVER_PORT')
  return {
    port: need('PORT'),
    key: need('BERTH_HOST_KEY'),
    handler: need('BERTH_HOST_HANDLER'),
    inspect: take('BERTH_HOST_INSPECT'),
    cache: take('BERTH_HOST_CACHE'),
  }
}

/** What needs no server; it takes a moment to see that somebody listens here. */
function listening() {
  if (cache !== undefined && inspect === undefined) keep = require('./compile-cache.cjs').useCompileCache(cache, folder)
}

function hello({ resultLimit }, connected) {
  connection = connected
  const environment = isolate(invocations.overlay)
  capture(invocations.log)
  invocations.resultLimit = resultLimit
  invocations.idle = environment.restore
  if (keep) keepCompiled(environment.restore)
  process.on('uncaughtException', uncaught)
  keepOwnersOfMicrotasks()
  process.on('exit', sayGoodbye)
  if (inspect !== undefined) awaitDebugger(Number(inspect))
  invocations.main = loaded()
  invocations.main.catch(() => {}) // each invocation tells it
}

async function loaded() {
  const begin = performance.now()
  const millis = () => performance.now() - begin
  try {
    const main = await load(folder, handler)
    invocations.flushLogs()
    send('loaded', { millis: millis() })
    return main
  } catch (thrown) {
    invocations.flushLogs()
    send('loaded', { millis: millis(), error: describe(thrown) })
    throw thrown
  }
}

function awaitDebugger(port) {
  const inspector = require('inspector')
  inspector.open(port, '127.0.0.1')
  if (inspector.url() === undefined) {
    send('portTaken', { port })
    return gone()
  }
  send('inspecting', { url: inspector.url() })
  inspector.waitForDebugger()
}

/** Writes the cache, which takes some 20 ms, a while after the first invocation, when what it needs is compiled. */
function keepCompiled(restore) {
  invocations.idle = () => {
    invocations.idle = restore
    restore()
    invocations.main.then(() => setTimeout(keep, AFTER_FIRST_INVOCATION).unref(), () => {})
  }
}

function frame(kind, content, payload) {
  if (kind !== 'invoke') throw new Error(`unknown frame: ${kind}`)
  invocations.run(content, payload)
}

function uncaught(error) {
  if (process.listenerCount('uncaughtException') > 1) return // the function wants to deal with it
  const invocation = invocations.current()
  if (invocation && invocations.fail(invocation, error)) {
    const reason = 'an error was caught by nobody'
    send('retire', { reason })
    invocations.idle = () => end(reason)
    if (invocations.isIdle()) end(reason)
  } else {
    const whose = invocation ? 'of an invocation that had ended' : 'outside of any invocation'
    invocations.log().entry('error', `An error ${whose} was caught by nobody: ${describe(error).stack}`)
    send('retire', { reason: `an error ${whose} was caught by nobody` })
  }
}

/** Node 20 and 22 forget whose microtask it was when it throws; ticks they remember. */
function keepOwnersOfMicrotasks() {
  const { queueMicrotask } = globalThis
  globalThis.queueMicrotask = (callback) => {
    const remembering = () => {
      try {
        callback()
      } catch (error) {
        process.nextTick(() => { throw error })
      }
    }
    queueMicrotask(typeof callback === 'function' ? remembering : callback)
  }
}

function sayGoodbye(code) {
  invocations.flushLogs()
  send('exit', { reason: `the function's process ended with exit code ${code}` })
}

function end(reason) {
  send('exit', { reason })
  gone()
}

function gone() {
  connection = undefined
  exit()
}
