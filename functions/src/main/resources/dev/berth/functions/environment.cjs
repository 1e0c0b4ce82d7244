'use strict'
// process.env, as each invocation sees it.

const { inspect } = require('util')

const GONE = Symbol('deleted')
const OF_PROCESS = new Set(['TZ']) // has an effect only in the environment of the process, and tells nothing of a caller

/**
 * Puts a view over process.env: an invocation sees its own variables over the common ones and changes its own only, and so does whatever it
 * leaves running, for ever. What runs outside of any invocation sees and changes the common ones. So identity is never in the environment of
 * the process, and nobody sees another's.
 *
 * @param overlay () => Map of the running code's invocation, or undefined
 */
function isolate(overlay) {
  const real = process.env
  const common = new Map(Object.entries(real))

  const valueOf = (name) => {
    const own = overlay()?.get(name)
    return own === GONE ? undefined : own ?? common.get(name)
  }
  const put = (name, value) => {
    const own = overlay()
    ;(own ?? common).set(name, value)
    if (!own || OF_PROCESS.has(name)) real[name] = value
  }
  const remove = (name) => {
    const own = overlay()
    if (own) own.set(name, GONE)
    else common.delete(name)
    if (!own || OF_PROCESS.has(name)) delete real[name]
  }
  const names = () => {
    const own = overlay() ?? new Map()
    const shared = [...common.keys()].filter((name) => !own.has(name))
    return [...shared, ...[...own.keys()].filter((name) => own.get(name) !== GONE)]
  }

  const target = {}
  const view = new Proxy(target, {
    get: (_, name) => typeof name === 'string' ? valueOf(name) ?? Object.prototype[name] : Reflect.get(Object.prototype, name),
    has: (_, name) => valueOf(name) !== undefined || name in Object.prototype,
    set: (_, name, value) => (put(`${name}`, `${value}`), true), // symbols throw, as they do in Node
    deleteProperty: (_, name) => (remove(name), true),
    ownKeys: names,
    getOwnPropertyDescriptor: (_, name) => {
      const value = valueOf(name)
      return value === undefined ? undefined : { value, writable: true, enumerable: true, configurable: true }
    },
    defineProperty: (_, name, descriptor) => (put(`${name}`, `${descriptor.value}`), true),
    preventExtensions: () => false,
  })
  // console.log looks behind a proxy, at its target.
  Object.defineProperty(target, inspect.custom, { value: () => ({ ...view }), configurable: true })

  Object.defineProperty(process, 'env', {
    get: () => view,
    set: (variables) => {
      for (const name of names()) if (!(name in variables)) remove(name)
      Object.assign(view, variables)
    },
    enumerable: true,
    configurable: true,
  })
  isolateWorkers()
  return { restore: () => restoreOfProcess(real, common) }
}

/** A worker thread copies the environment of the process, which has no identity, unless it is given one. */
function isolateWorkers() {
  const threads = require('worker_threads')
  const { Worker } = threads
  threads.Worker = class extends Worker {
    constructor(file, options = {}) {
      super(file, { ...options, env: options.env ?? { ...process.env } })
    }
  }
}

function restoreOfProcess(real, common) {
  for (const name of OF_PROCESS) {
    if (real[name] === common.get(name)) continue // writing is dear: Node reads the time zone anew
    if (common.has(name)) real[name] = common.get(name)
    else delete real[name]
  }
}

module.exports = { isolate }
