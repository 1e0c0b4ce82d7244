/** The elements of one kind that hold no others of that kind, as surefire and node write them: attributes and content. */
export function elements(xml, name) {
  const pattern = new RegExp(`<${name}\\s+([^>]*?)(/>|>([\\s\\S]*?)</${name}>)`, 'g')
  const withoutText = xml.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '') // what tests printed may look like anything
  return [...withoutText.matchAll(pattern)].map(([, attributes, , content]) => ({ attributes: attributesOf(attributes), content: content ?? '' }))
}

export function outcomeOf(content) {
  if (/<(failure|error)[\s>]/.test(content)) return 'failed'
  return /<skipped[\s/>]/.test(content) ? 'skipped' : 'passed'
}

function attributesOf(text) {
  return Object.fromEntries([...text.matchAll(/([\w.:-]+)="([^"]*)"/g)].map(([, key, value]) => [key, unescape(value)]))
}

function unescape(text) {
  const named = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
  return text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g, (all, decimal, hex, name) =>
    name ? (named[name] ?? all) : String.fromCodePoint(decimal ? Number(decimal) : parseInt(hex, 16)))
}
