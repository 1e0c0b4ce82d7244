import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const SCRIPT = fileURLToPath(new URL('../../main/resources/dev/berth/functions/host.cjs', import.meta.url))
const OPTIONS = ['--max-old-space-size=192'] // as the server gives them; and a snapshot, as nearly all hosts have one
const SNAPSHOT = snapshot()
const KEY = 'the key of this host'
const PORTS_TRIED = 5

/**
 * A host of the given function (a text is index.js, an object has files by name; or options.folder has it), and the server's end of its
 * connection. Everything ends with the test.
 */
export async function startHost(test, files, options = {}) {
  const folder = options.folder ?? folderOf(test, typeof files === 'string' ? { 'index.js': files } : files, options.prefix)
  for (const [name, target] of Object.entries(options.links ?? {})) symlinkSync(target, path.join(folder, name))
  const host = await listening(test, folder, options)
  if (options.hello !== false) await host.hello()
  return host
}

/** A folder with these files, which is gone with the test. */
export function folderOf(test, files, prefix = 'function-') {
  const folder = mkdtempSync(path.join(tmpdir(), prefix))
  test.after(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), content)
  }
  return folder
}

function snapshot() {
  const folder = mkdtempSync(path.join(tmpdir(), 'snapshot-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const option = `--snapshot-blob=${path.join(folder, 'blob')}`
  const { status, stderr } = spawnSync(process.execPath, [...OPTIONS, option, '--build-snapshot', SCRIPT.replace('host.cjs', 'snapshot.cjs')], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return option
}

async function listening(test, folder, options) {
  for (let tried = 1; ; tried++) {
    const host = new Host(folder, await freePort(), options)
    test.after(() => host.kill())
    try {
      host.socket = await host.connect()
      return host
    } catch (error) {
      if (tried === PORTS_TRIED || !host.errors.includes('EADDRINUSE')) throw error
    }
  }
}

// Test files run side by side, each in a process of its own, so each takes from ports of its own. A port that the system hands out
// is nobody's again until the host listens, and two hosts could get the same one.
const PORTS_OF_A_FILE = 100
const FIRST_PORT = 11_000 + (process.pid % 200) * PORTS_OF_A_FILE // all below those that the system hands out
let portsTaken = 0

async function freePort() {
  for (;;) {
    const port = FIRST_PORT + (portsTaken++ % PORTS_OF_A_FILE)
    const server = net.createServer().listen(port, '127.0.0.1')
    const free = await new Promise((done) => server.once('listening', () => done(true)).once('error', () => done(false)))
    if (!free) continue
    server.close()
    await once(server, 'close')
    return port
  }
}

class Host {
  frames = [] // {kind, …content, payload}
  errors = '' // standard error of the process
  closed = false
  #waiting = new Set()
  #rest = Buffer.alloc(0)
  #next = 0

  constructor(folder, port, { variables = {}, nodeOptions = [], handler = 'index.main' }) {
    this.folder = folder
    this.port = port
    const env = { PATH: process.env.PATH, PORT: port, SERVER_PORT: port, BERTH_HOST_KEY: KEY, BERTH_HOST_HANDLER: handler, BERTH_INSTANCE: folder, ...variables }
    this.process = spawn(process.execPath, [...OPTIONS, ...(nodeOptions.length > 0 ? nodeOptions : [SNAPSHOT]), SCRIPT], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    this.process.stdout.resume()
    this.process.stderr.on('data', (data) => (this.errors += data))
    this.exited = once(this.process, 'exit').then(([code, signal]) => signal ?? code)
  }

  async connect() {
    for (;;) {
      const socket = net.connect(this.port, '127.0.0.1')
      const connected = await new Promise((done) => socket.once('connect', () => done(true)).once('error', () => done(false)))
      socket.on('error', () => {})
      if (connected) return socket
      if (this.process.exitCode !== null) throw new Error(`the host ended: ${this.errors}`)
      await new Promise((pause) => setTimeout(pause, 5))
    }
  }

  /** @returns the frame that says that the function is loaded */
  hello() {
    this.socket.on('data', (data) => this.#receive(data))
    this.socket.on('close', () => {
      this.closed = true
      this.#tell()
    })
    this.send('hello', { key: KEY, resultLimit: 1024 * 1024 })
    return this.frame('loaded')
  }

  send(kind, content, payload = '') {
    this.socket.write(`${JSON.stringify({ [kind]: content })}\n`)
    this.socket.write(payload)
  }

  /** @returns the frame that ends the invocation */
  invoke(event = {}, { id = `call-${++this.#next}`, env = {}, context = {} } = {}) {
    const text = typeof event === 'string' ? event : JSON.stringify(event)
    this.send('invoke', { id, env, context, bytes: Buffer.byteLength(text) }, text)
    return this.find(`end of ${id}`, (frame) => ['done', 'failed', 'tooLarge'].includes(frame.kind) && frame.id === id)
  }

  /** @returns what the function returned; throws what it threw */
  async result(event, options) {
    const frame = await this.invoke(event, options)
    if (frame.kind === 'done') return JSON.parse(frame.payload)
    throw Object.assign(new Error(`${frame.kind}: ${frame.error?.message}`), frame)
  }

  frame(kind) {
    return this.find(kind, (frame) => frame.kind === kind)
  }

  log(text) {
    return this.find(`log ${text}`, (frame) => frame.kind === 'log' && frame.text.includes(text))
  }

  /** @returns texts of the log of an invocation, so far */
  logs(id) {
    return this.frames.filter((frame) => frame.kind === 'log' && frame.id === id).map((frame) => frame.text)
  }

  /** Waits for the first frame that matches. */
  find(name, matches) {
    return new Promise((found, failed) => {
      const look = () => {
        const frame = this.frames.find(matches)
        if (frame) found(frame)
        else if (this.closed) failed(new Error(`the connection closed before: ${name}; ${this.errors}`))
        else return
        this.#waiting.delete(look)
      }
      this.#waiting.add(look)
      look()
    })
  }

  kill() {
    this.socket?.destroy()
    this.process.kill('SIGKILL')
    return this.exited
  }

  #receive(data) {
    this.#rest = Buffer.concat([this.#rest, data])
    for (;;) {
      const end = this.#rest.indexOf('\n')
      if (end < 0) break
      const [[kind, content]] = Object.entries(JSON.parse(this.#rest.subarray(0, end)))
      const bytes = content.bytes ?? 0
      if (this.#rest.length < end + 1 + bytes) break
      this.frames.push({ kind, ...content, payload: this.#rest.subarray(end + 1, end + 1 + bytes).toString() })
      this.#rest = this.#rest.subarray(end + 1 + bytes)
    }
    this.#tell()
  }

  #tell() {
    for (const look of this.#waiting) look()
  }
}
