import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { elements, resultOf } from './xml.mjs'

const STRING = String.raw`"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"`
const ANNOTATION = String.raw`@[\w.]+(?:\((?:[^()"]|${STRING}|\((?:[^()"]|${STRING})*\))*\))?\s*`
const DECLARATION = String.raw`((?:${ANNOTATION})+)(?:(?:\w+ )*(class|record|interface) (\w+)|(?:[\w.<>\[\]?,]+ )+(\w+)\()`

/** The tests in surefire's reports; the statements that they prove are the tags in their sources. */
export function javaTests(root) {
  return readdirSync(root)
    .map((room) => path.join(root, room))
    .filter((room) => existsSync(path.join(room, 'target/surefire-reports')))
    .flatMap(testsOfRoom)
}

function testsOfRoom(room) {
  const tags = tagsOfRoom(path.join(room, 'src/test/java'))
  const reports = path.join(room, 'target/surefire-reports')
  return readdirSync(reports)
    .filter((name) => /^TEST-.*\.xml$/.test(name))
    .flatMap((name) => elements(readFileSync(path.join(reports, name), 'utf8'), 'testcase'))
    .map(({ attributes: { classname, name }, content }) => {
      const file = classname.split('.').pop().split('$')[0]
      const method = /^\w+/.exec(name)?.[0]
      return { name: `${file}.${name}`, tags: tags.get(`${file}.${method}`) ?? [], ...resultOf(content) }
    })
}

/** By File.method: the tags of the method and of the class around it. */
function tagsOfRoom(folder) {
  const tags = new Map()
  for (const file of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.java'))) {
    const source = readFileSync(path.join(folder, file), 'utf8').replace(/^\s*(\*|\/\*\*|\/\/).*$/gm, '')
    let ofType = []
    for (const [, annotations, type, , method] of source.matchAll(new RegExp(DECLARATION, 'g'))) {
      const own = [...annotations.matchAll(/@Tag\("([^"]+)"\)/g)].map(([, tag]) => tag)
      if (type) ofType = own
      else tags.set(`${path.basename(file, '.java')}.${method}`, [...new Set([...own, ...ofType])])
    }
  }
  return tags
}
