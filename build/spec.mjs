import { readFileSync } from 'node:fs'

/** The numbers of the statements made in some sections of a specification: first cells of tables, and items in bold. */
export function statementsOf(file, sections) {
  const found = new Set()
  let section = 0
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    section = Number(/^## (\d+)\./.exec(line)?.[1] ?? section)
    const statement = /^(?:\| |- \*\*)([A-Z]{2}-\d+)(?: \||\*\*)/.exec(line)?.[1]
    if (statement && sections.includes(section)) found.add(statement)
  }
  return [...found]
}
