'use strict'
// Runs the function, each invocation in an asynchronous context of its own.

const { AsyncLocalStorage } = require('async_hooks')
const { describe } = require('./failure.cjs')
const { Log } = require('./output.cjs')

class Invocations {
  #storage = new AsyncLocalStorage()
  #running = new Set()
  #send
  #outside

  /** Set before the first invocation: a promise of the function, bytes of a result, what to do when nothing runs any more. */
  main
  resultLimit
  idle = () => {}

  constructor(send) {
    this.#send = send
    this.#outside = new Log(null, send)
  }

  /** Of the running code; stays the same in whatever an invocation leaves running. */
  current = () => this.#storage.getStore()
  log = () => this.current()?.log ?? this.#outside
  overlay = () => this.current()?.variables

  run({ id, context, env }, event) {
    this.#outside.renew()
    const invocation = { id, log: new Log(id, this.#send), variables: new Map(Object.entries(env)) }
    this.#running.add(invocation)
    this.#storage.run(invocation, async () => {
      try {
        const main = await this.main
        const value = await call(main, JSON.parse(event.toString()), contextOf(context, env))
        this.#end(invocation, ...this.#outcome(id, JSON.stringify(value) ?? 'null')) // AD-81
      } catch (thrown) {
        this.#end(invocation, 'failed', { id, error: describe(thrown) })
      }
    })
  }

  /** @returns whether the invocation still ran */
  fail(invocation, thrown) {
    return this.#end(invocation, 'failed', { id: invocation.id, error: describe(thrown) })
  }

  isIdle() {
    return this.#running.size === 0
  }

  flushLogs() {
    for (const { log } of this.#running) log.flush()
    this.#outside.flush()
  }

  #outcome(id, text) {
    const size = Buffer.byteLength(text)
    if (size > this.resultLimit) return ['tooLarge', { id, size }] // HO-57
    return ['done', { id, bytes: size }, Buffer.from(text)]
  }

  #end(invocation, ...frame) {
    if (!this.#running.delete(invocation)) return false
    invocation.log.flush()
    this.#send(...frame)
    if (this.isIdle()) this.#storage.exit(this.idle)
    return true
  }
}

/** AD-75; besides, the older form with a callback: what comes first counts, a value or a call. */
function call(main, event, context) {
  return new Promise((resolve, reject) => {
    const callback = (error, value) => error ? reject(error) : resolve(value)
    const returned = main(event, context, callback)
    if (returned !== undefined || main.length < 3) resolve(returned)
  })
}

/** AD-78: the SDK takes `environment` before process.env, and cannot do without it. */
function contextOf(given, env) {
  const end = Date.now() + given.time_limit_in_ms
  return {
    environment: JSON.stringify(env),
    callbackWaitsForEmptyEventLoop: false,
    ...given,
    getRemainingTimeInMillis: () => Math.max(0, end - Date.now()),
  }
}

module.exports = { Invocations }
