// Which statements of docs/spec the passed tests prove; and which of those that are built nobody proves, with the reason.
// usage: [BERTH_TEST_NOTES=LINES] node statements.mjs ROOT JUNIT-XML-OF-NODE…
// prints the notes before its last line, "N passed, N failed"; exits with 1 if a test failed or a statement is neither cited nor excused
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { javaTests } from './java-tests.mjs'
import { nodeTests } from './node-tests.mjs'
import { statementsOf } from './spec.mjs'

const CHECKED_SECTIONS = {
  'channel.md': [1, 2, 3, 4, 5, 6, 7, 8, 10, 15],
  'open-api.md': [1, 2, 3, 4, 5, 8],
  'admin-protocol.md': [1, 2, 3, 4, 5, 6, 7, 8, 9, 13],
  'hosting.md': [8, 9],
}

const [root, ...nodeReports] = process.argv.slice(2)
const tests = [...javaTests(root), ...nodeReports.flatMap(nodeTests)]
const excuses = new Map(readFileSync(path.join(root, 'acceptance/not-yet.txt'), 'utf8')
  .split('\n')
  .filter((line) => /^[A-Z]{2}-\d/.test(line))
  .map((line) => [line.split(/\s/, 1)[0], line.replace(/^\S+\s+/, '')]))

const number = (statement) => Number(statement.split('-')[1])
const byNumber = (a, b) => a.slice(0, 2).localeCompare(b.slice(0, 2)) || number(a) - number(b)

const passed = tests.filter((test) => test.outcome === 'passed')
const cited = new Map()
for (const test of passed) for (const tag of test.tags) cited.set(tag, [...(cited.get(tag) ?? []), test.name])

console.log('\nStatements, and the passed tests that cite them')
for (const statement of [...cited.keys()].sort(byNumber)) {
  const names = cited.get(statement)
  console.log(`  ${statement.padEnd(8)} ${String(names.length).padStart(3)}  ${names.slice(0, 2).join(', ')}${names.length > 2 ? ', …' : ''}`)
}

const missing = []
for (const [file, sections] of Object.entries(CHECKED_SECTIONS)) {
  const uncited = statementsOf(path.join(root, 'docs/spec', file), sections).filter((statement) => !cited.has(statement))
  missing.push(...uncited)
  console.log(`\nNot cited, of docs/spec/${file}, sections ${sections.join(', ')}`)
  for (const statement of uncited) console.log(`  ${statement.padEnd(8)} ${excuses.get(statement) ?? 'NO TEST AND NO REASON in acceptance/not-yet.txt'}`)
}

const unexcused = missing.filter((statement) => !excuses.has(statement))
const needless = [...excuses.keys()].filter((statement) => cited.has(statement))
if (needless.length > 0) console.log(`\nCited by now, so no longer needed in acceptance/not-yet.txt: ${needless.join(' ')}`)
if (unexcused.length > 0) console.log(`\nFailed: ${unexcused.length} statements have neither a passed test nor a reason: ${unexcused.join(' ')}`)

const list = (title, tests) => {
  if (tests.length > 0) console.log(`\n${title}`)
  for (const { name, reason = [] } of tests) console.log([`  ${name}`, ...reason.map((line) => `      ${line}`)].join('\n'))
}
const failed = tests.filter((test) => test.outcome === 'failed')
const skipped = tests.filter((test) => test.outcome === 'skipped')
list('Failed tests', failed)
list('UNSTEADY: failed, and passed at a second try. Each is a defect, of the test or of what it tests', passed.filter((test) => test.reason))
list('Left out', skipped)

for (const line of (process.env.BERTH_TEST_NOTES ?? '').split('\n').filter(Boolean)) console.log(`\n${line}`)

console.log(`\n${passed.length} passed, ${failed.length} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`)
process.exitCode = failed.length + unexcused.length > 0 ? 1 : 0
