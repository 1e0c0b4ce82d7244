'use strict'
// What was thrown, as the server tells it: with the folders of WeChat's platform in place of those of this machine.

const { realpathSync } = require('fs')
const { pathToFileURL } = require('url')
const { inspect } = require('util')

const MESSAGE_CHARACTERS = 16 * 1024
const STACK_CHARACTERS = 64 * 1024
const SHOWN_FOLDER = '/var/user'
const SHOWN = shownFolders()
const HIDDEN = new RegExp(`(?<![\\w.-])(?:${[...SHOWN.keys()].map(escaped).join('|')})(?![\\w-])`, 'g')

/** Whatever can be thrown, and whatever its properties do when they are read. */
function describe(thrown) {
  try {
    return thrown instanceof Error || (typeof thrown?.stack === 'string' && typeof thrown.message === 'string') ? ofError(thrown) : ofValue(thrown)
  } catch {
    return { name: 'Error', message: 'something was thrown that cannot be shown', stack: 'Error: something was thrown that cannot be shown' }
  }
}

function ofError(error) {
  const name = `${error.name}`
  const message = withoutOurs(`${error.message}`)
  const stack = withoutOurs(`${error.stack ?? `${name}: ${message}`}`)
  return { name, message: shown(message).slice(0, MESSAGE_CHARACTERS), stack: shown(stack).slice(0, STACK_CHARACTERS) }
}

/** The frames of Berth's own script, and its place in Node's "Require stack". */
function withoutOurs(text) {
  return text.split('\n').filter((line) => !line.includes(__dirname)).join('\n')
}

function ofValue(value) {
  const message = shown(typeof value === 'string' ? value : inspect(value)).slice(0, MESSAGE_CHARACTERS)
  return { name: 'Error', message, stack: message }
}

/** The folder of the function, where the host starts, and its modules, which may be linked from elsewhere; as paths and as in URLs. */
function shownFolders() {
  const folder = process.cwd()
  const folders = new Map()
  const show = (real, name) => [real, pathToFileURL(real).pathname].forEach((path) => folders.set(path, name))
  try {
    show(realpathSync(`${folder}/node_modules`), `${SHOWN_FOLDER}/node_modules`)
  } catch {} // it has none
  show(folder, SHOWN_FOLDER)
  return folders
}

function escaped(text) {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

function shown(text) {
  return text.replace(HIDDEN, (path) => SHOWN.get(path))
}

module.exports = { describe }
