import { existsSync, readFileSync } from 'node:fs'
import { elements, resultOf } from './xml.mjs'

/** The tests in a report of node --test-reporter=junit; their names begin with the statements that they prove. */
export function nodeTests(report) {
  if (!existsSync(report)) return [{ name: `${report} (the tests did not run)`, tags: [], outcome: 'failed', reason: [] }]
  return elements(readFileSync(report, 'utf8'), 'testcase').map(({ attributes, content }) => ({
    name: attributes.name,
    tags: /^(?:[A-Z]{2}-\d+[ ,:]*)*/.exec(attributes.name)[0].match(/[A-Z]{2}-\d+/g) ?? [],
    ...resultOf(content),
  }))
}
