'use strict'
/*
 * The program of a start-up snapshot: runs the script that is named, as node itself does.
 *
 *   node OPTIONS --snapshot-blob=FILE --build-snapshot snapshot.cjs     makes FILE, for these options of V8
 *   node OPTIONS --snapshot-blob=FILE SCRIPT                            runs a script from it
 *
 * Node carries compiled code of its own modules, but V8 takes it only with the very options that it was made with: none. A process
 * with any, such as a limit of its heap, compiles those modules anew when they are loaded. A snapshot has compiled code of them for its options.
 */

require('v8').startupSnapshot.setDeserializeMainFunction(() => {
  process.execArgv = process.execArgv.filter((option) => !option.startsWith('--snapshot-blob=')) // children inherit them
  require('module')._load(process.argv[1], null, true)
})
