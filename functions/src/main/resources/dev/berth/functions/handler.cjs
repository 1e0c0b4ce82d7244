'use strict'
// Finds and loads the function: HO-58.

const { existsSync, readFileSync, readdirSync } = require('fs')
const { createRequire } = require('module')
const path = require('path')
const { pathToFileURL } = require('url')

const requireHere = createRequire(__filename) // whoever names those that required a module names this file, and failure.cjs takes it out

/** @returns the function, bound to its module; throws what the code throws, or an error that says what is missing */
async function load(folder, handler) {
  const dot = handler.lastIndexOf('.')
  if (dot <= 0 || dot === handler.length - 1) throw missing(`the handler is "${handler}" (expected: file and function, such as index.main)`)
  const name = handler.slice(dot + 1)
  const file = find(folder, handler.slice(0, dot))
  const shown = path.relative(folder, file)
  const loaded = isModule(file) ? await import(pathToFileURL(file)) : requireHere(file)
  const owner = [loaded, loaded?.default].find((exported) => typeof exported?.[name] === 'function')
  if (owner) return owner[name].bind(owner)
  throw missing(`${shown} exports no function ${name} (${whatItHas(loaded, name)}); expected: ${expected(loaded, name, handler)}`)
}

function whatItHas(loaded, name) {
  if (!['object', 'function', 'undefined'].includes(typeof loaded)) return `it is of type ${typeof loaded}`
  const exported = Object.keys(loaded ?? {})
  if (exported.includes(name)) return `${name} is ${loaded[name] === null ? 'null' : `of type ${typeof loaded[name]}`}`
  return `it exports ${exported.length > 0 ? exported.join(', ') : 'nothing'}`
}

/** What to write in the code, or in config.json if the code has another function. */
function expected(loaded, name, handler) {
  const inCode = `exports.${name} = async (event, context) => {…}`
  const other = Object.keys(loaded ?? {}).find((exported) => typeof loaded[exported] === 'function')
  return other === undefined ? inCode : `${inCode}, or "handler": "${handler.slice(0, handler.lastIndexOf('.'))}.${other}" in config.json`
}

/** An error of no code of the function's: its stack would lead nowhere. */
function missing(message) {
  const error = new Error(message)
  error.stack = `Error: ${message}`
  return error
}

function find(folder, file) {
  const wanted = path.join(folder, file)
  for (const candidate of [wanted + '.js', wanted + '.cjs', wanted + '.mjs', path.join(wanted, 'index.js')]) {
    if (existsSync(candidate)) return candidate
  }
  const there = readdirSync(folder).filter((name) => name !== 'node_modules').sort()
  throw missing(`${file}.js is missing in the function's folder (it has ${there.length > 0 ? there.join(', ') : 'no file'})`)
}

/** As Node decides it: by the name, else by the nearest package.json. */
function isModule(file) {
  if (!file.endsWith('.js')) return file.endsWith('.mjs')
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    try {
      return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).type === 'module'
    } catch (error) {
      if (error.code !== 'ENOENT') return false // require tells what is wrong with it
      if (folder === path.dirname(folder)) return false
    }
  }
}

module.exports = { load }
