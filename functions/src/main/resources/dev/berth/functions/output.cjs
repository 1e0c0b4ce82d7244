'use strict'
// What a function writes to the console and the standard streams becomes log frames of the invocation that wrote it.

const { StringDecoder } = require('string_decoder')
const { inspect } = require('util')

const ENTRY_BYTES = 64 * 1024
const INVOCATION_BYTES = 1024 * 1024
const LEVELS = { debug: 'debug', log: 'info', info: 'info', dir: 'info', warn: 'warn', error: 'error', trace: 'error' }
const STREAMS = { stdout: 'info', stderr: 'error' }

/** The log of one invocation, or of what runs outside of any. */
class Log {
  #id
  #send
  #left = INVOCATION_BYTES
  #dropped = { lines: 0, bytes: 0 }
  #begun = { stdout: new Beginning(), stderr: new Beginning() }

  constructor(id, send) {
    this.#id = id
    this.#send = send
  }

  entry(level, text, fields) {
    const bytes = Buffer.byteLength(text)
    const sent = Math.min(bytes, ENTRY_BYTES)
    if (sent > this.#left) {
      this.#left = 0
      this.#dropped.lines++
      this.#dropped.bytes += bytes
      return
    }
    this.#left -= sent
    this.#send('log', { id: this.#id, level, text: cut(text, bytes), fields })
  }

  raw(stream, chunk, encoding) {
    for (const line of this.#begun[stream].add(chunk, encoding)) this.entry(STREAMS[stream], line)
  }

  /** At the end of an invocation; what it left running may write on, within what is left. */
  flush() {
    for (const stream of Object.keys(STREAMS)) {
      const line = this.#begun[stream].take()
      if (line !== '') this.entry(STREAMS[stream], line)
    }
    const { lines, bytes } = this.#dropped
    if (lines === 0) return
    this.#dropped = { lines: 0, bytes: 0 }
    this.#send('log', { id: this.#id, level: 'warn', text: `${lines} log lines with ${bytes} bytes were dropped: an invocation may log ${INVOCATION_BYTES} bytes` })
  }

  /** Allows as much again. */
  renew() {
    this.flush()
    this.#left = INVOCATION_BYTES
  }
}

/** The beginning of a line that has no end yet. */
class Beginning {
  #text = ''
  #decoder

  add(chunk, encoding) {
    const text = typeof chunk === 'string' && !Buffer.isEncoding(encoding) ? chunk : this.#decode(Buffer.from(chunk, encoding))
    const lines = (this.#text + text).split('\n')
    this.#text = lines.pop()
    if (this.#text.length >= ENTRY_BYTES) lines.push(this.take())
    return lines
  }

  take() {
    const text = this.#text
    this.#text = ''
    return text
  }

  #decode(bytes) {
    return (this.#decoder ??= new StringDecoder()).write(bytes)
  }
}

function cut(text, bytes) {
  if (bytes <= ENTRY_BYTES) return text
  const kept = ENTRY_BYTES - 64
  return `${new StringDecoder().write(Buffer.from(text).subarray(0, kept))} … (${bytes - kept} bytes more)`
}

/** @param current () => Log of the running code */
function capture(current) {
  let level // while console writes
  for (const stream of Object.keys(STREAMS)) {
    process[stream].write = (chunk, encoding, callback) => {
      if (level) current().entry(level, `${chunk}`.replace(/\n$/, ''))
      else current().raw(stream, chunk, encoding)
      const done = typeof encoding === 'function' ? encoding : callback
      if (done) process.nextTick(done)
      return true
    }
  }
  for (const [name, its] of Object.entries(LEVELS)) {
    const original = console[name]
    console[name] = (...values) => {
      const before = level
      level = its
      try {
        original(...values)
      } finally {
        level = before
      }
    }
  }
  // AD-73
  console.__baseLog__ = (object, name) => {
    const text = json(object)
    const fits = text !== undefined && Buffer.byteLength(text) <= ENTRY_BYTES
    current().entry(LEVELS[name] ?? 'info', text ?? inspect(object), fits ? JSON.parse(text) : undefined)
  }
}

function json(object) {
  try {
    return JSON.stringify(object)
  } catch {
    return undefined // circular, or the like
  }
}

module.exports = { Log, capture }
