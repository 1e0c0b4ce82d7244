'use strict'
// Code of a version that was compiled by an earlier host of it.

const { enableCompileCache } = require('module')

/** Node says nothing and does without, if the folder is unusable or spoilt. */
function useCompileCache(folder) {
  enableCompileCache?.(folder) // Node ≥ 22.1
}

module.exports = { useCompileCache }
