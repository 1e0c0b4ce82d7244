const LINES = 8
const COLUMNS = 300

/** The elements of one kind that hold no others of that kind, as surefire and node write them: attributes and content. */
export function elements(xml, name) {
  const pattern = new RegExp(`<${name}\\s+((?:[^>"]|"[^"]*")*?)(/>|>([\\s\\S]*?)</${name}>)`, 'g')
  const withoutText = xml.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '') // what tests printed may look like anything
  return [...withoutText.matchAll(pattern)].map(([, attributes, , content]) => ({ attributes: attributesOf(attributes), content: content ?? '' }))
}

/** What became of a test, and for one that failed, at its first try at least, why: the beginning of what was said. */
export function resultOf(content) {
  const saying = (...kinds) => kinds.flatMap((kind) => elements(content, kind)).map(({ attributes }) => beginning(attributes.message ?? attributes.type ?? ''))[0]
  const reason = saying('failure', 'error')
  if (reason !== undefined) return { outcome: 'failed', reason }
  if (/<skipped[\s/>]/.test(content)) return { outcome: 'skipped' }
  return { outcome: 'passed', reason: saying('flakyFailure', 'flakyError') }
}

function beginning(text) {
  const lines = text.split('\n').filter((line) => line.trim())
  return [...lines.slice(0, LINES), ...(lines.length > LINES ? ['…'] : [])].map((line) => line.slice(0, COLUMNS))
}

function attributesOf(text) {
  return Object.fromEntries([...text.matchAll(/([\w.:-]+)="([^"]*)"/g)].map(([, key, value]) => [key, unescape(value)]))
}

function unescape(text) {
  const named = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
  return text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g, (all, decimal, hex, name) =>
    name ? (named[name] ?? all) : String.fromCodePoint(decimal ? Number(decimal) : parseInt(hex, 16)))
}
