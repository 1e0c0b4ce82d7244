'use strict'
// The one connection with the server, and the frames on it; the protocol is described in host.cjs.

const { writeSync } = require('fs')
const { createServer } = require('net')
const { createHash, timingSafeEqual } = require('crypto')

const STRANGER_BYTES = 4096 // a hello is shorter
const STRANGER_MILLIS = 10_000
const LINE_END = 0x0a
const { parse, stringify } = JSON // functions replace them
const STDERR = 2

/** Listens until somebody says hello with the key; all others are dropped. listening(), hello(content, connection), then frame(kind, content, payload). */
function awaitServer({ port, key, listening, hello, frame, gone }) {
  const expected = digest(key)
  const strangers = new Set()
  const listener = createServer({ noDelay: true }, (socket) => {
    strangers.add(socket)
    socket.on('error', () => {}) // 'close' follows
    socket.on('close', () => strangers.delete(socket))
    socket.setTimeout(STRANGER_MILLIS, () => socket.destroy())
    const reader = new FrameReader((kind, content) => {
      if (kind !== 'hello' || typeof content.key !== 'string' || !timingSafeEqual(digest(content.key), expected)) throw new Error('no hello')
      strangers.delete(socket)
      listener.close()
      for (const stranger of strangers) stranger.destroy()
      socket.setTimeout(0)
      socket.on('close', gone)
      reader.receive = frame
      reader.limit = Infinity
      hello(content, new Connection(socket, gone))
    }, STRANGER_BYTES)
    socket.on('data', (chunk) => {
      try {
        reader.read(chunk)
      } catch (error) {
        if (!strangers.has(socket)) writeSync(STDERR, `the function host failed: ${error.stack}\n`)
        socket.destroy()
      }
    })
  })
  listener.listen(port, '127.0.0.1', listening)
}

const digest = (text) => createHash('sha256').update(text).digest()

/**
 * Writes frames at once and wholly: what a function logged before it exits, crashes or loops for ever has arrived, nothing piles up
 * here, and a flood is as fast as the server reads. A stream of Node would hand over what the kernel does not take at once only when
 * the function lets it.
 */
class Connection {
  #socket
  #gone

  constructor(socket, gone) {
    this.#socket = socket
    this.#gone = gone
  }

  send(kind, content, payload) {
    const line = Buffer.from(`${stringify({ [kind]: content })}\n`)
    this.#write(payload === undefined ? line : Buffer.concat([line, payload]))
  }

  #write(bytes) {
    for (let offset = 0; offset < bytes.length;) {
      try {
        offset += writeSync(this.#socket._handle.fd, bytes, offset)
      } catch (error) {
        if (error.code !== 'EAGAIN') return this.#gone() // the server has gone
        Atomics.wait(PAUSE, 0, 0, 1) // ms, until the server has read some
      }
    }
  }
}

const PAUSE = new Int32Array(new SharedArrayBuffer(4))

/** Takes lines of JSON apart, and the bytes that follow a line that says so. */
class FrameReader {
  #chunks = []
  #bytes = 0
  #head // [kind, content] whose payload is still to come

  constructor(receive, limit) {
    this.receive = receive
    this.limit = limit
  }

  read(chunk) {
    let rest = chunk
    while (rest.length > 0) rest = this.#head ? this.#payload(rest) : this.#line(rest)
  }

  #line(chunk) {
    const end = chunk.indexOf(LINE_END)
    this.#keep(end < 0 ? chunk : chunk.subarray(0, end))
    if (end < 0) return Buffer.alloc(0)
    const [head] = Object.entries(parse(this.#take().toString()))
    if (head[1].bytes > 0) this.#head = head
    else this.receive(...head, Buffer.alloc(0))
    return chunk.subarray(end + 1)
  }

  #payload(chunk) {
    const missing = this.#head[1].bytes - this.#bytes
    this.#keep(chunk.subarray(0, missing))
    if (chunk.length >= missing) {
      const head = this.#head
      this.#head = undefined
      this.receive(...head, this.#take())
    }
    return chunk.subarray(missing)
  }

  #keep(chunk) {
    this.#chunks.push(chunk)
    this.#bytes += chunk.length
    if (this.#bytes > this.limit) throw new Error('too long')
  }

  #take() {
    const whole = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks)
    this.#chunks = []
    this.#bytes = 0
    return whole
  }
}

module.exports = { awaitServer }
