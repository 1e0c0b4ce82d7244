'use strict'
// What was thrown, as the server tells it.

const { inspect } = require('util')

const MESSAGE_CHARACTERS = 16 * 1024
const STACK_CHARACTERS = 64 * 1024

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
  const message = `${error.message}`
  const stack = `${error.stack ?? `${name}: ${message}`}`.split('\n').filter((line) => !line.includes(__dirname)).join('\n')
  return { name, message: message.slice(0, MESSAGE_CHARACTERS), stack: stack.slice(0, STACK_CHARACTERS) }
}

function ofValue(value) {
  const message = (typeof value === 'string' ? value : inspect(value)).slice(0, MESSAGE_CHARACTERS)
  return { name: 'Error', message, stack: message }
}

module.exports = { describe }
