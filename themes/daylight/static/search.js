// The search page: finds records by their words and facets, in the reader's browser, from files of this site alone.
//
// In: the form and templates of search.html, and the index beside the page (contract search/1, docs/search.md).
// Out: a list of results, the count in words, the state in the address. Nothing is fetched before the first key, unless
// the address already asks for something. Text reaches the page as text only.

const root = document.getElementById('search')
const field = document.getElementById('q')
const said = document.getElementById('found')
const area = document.getElementById('results')
const list = document.getElementById('list')
const more = document.getElementById('more')
const clear = document.getElementById('clear')
const filters = document.getElementById('filters')
const lang = document.documentElement.lang
const number = new Intl.NumberFormat(lang)

const STEP = 10
const POINTS = [1, 2, 3, 4, 6, 8, 12, 16]
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const VALUE = new Map([...LETTERS].map((letter, at) => [letter, at]))

// --- Words: as src/formats/search/words.rs has them.

const ARABIC = { ё: 'е', آ: 'ا', أ: 'ا', إ: 'ا', ٱ: 'ا', ؤ: 'و', ئ: 'ي', ى: 'ي', ی: 'ي', ة: 'ه', ک: 'ك' }
const BARE = { ø: 'o', ł: 'l', đ: 'd', ı: 'i', æ: 'ae', ß: 'ss' }

function words(text) {
  const plain = text.normalize('NFKC').replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
  return [...plain.matchAll(/[\p{Alphabetic}\p{N}\p{M}]+/gu)].map(([word]) => base(word)).filter(Boolean)
}

function base(word) {
  const one = word
    .toLowerCase()
    .replace(/[ёآأإٱؤئىیةک]/g, (c) => ARABIC[c])
    .replace(/[\u0640\u064b-\u065f\u0670]/g, '')
    .replace(/[٠-٩۰-۹]/g, (c) => String(c.codePointAt(0) & 15))
  return [...one].slice(0, 40).join('').replace(/^(?:[وبكف]?ال|لل)(?=.{3})/u, '')
}

function fold(word) {
  return word.normalize('NFD').replace(/\p{M}/gu, '').replace(/[øłđıæß]/g, (c) => BARE[c])
}

function shardOf(folded, shards) {
  let hash = 2166136261
  for (const c of [...folded].slice(0, 2)) hash = Math.imul(hash ^ c.codePointAt(0), 16777619)
  return (hash ^ (hash >>> 15)) & (shards - 1)
}

// --- The index.

class Stale extends Error {}

let held = new Map()

function get(name) {
  if (!held.has(name)) {
    const asked = fetch(root.dataset.index + name, { cache: 'no-cache' }).then((answer) => {
      if (!answer.ok) throw new Error(`${name}: ${answer.status}`)
      return answer.json()
    })
    asked.catch(() => held.delete(name))
    held.set(name, asked)
  }
  return held.get(name)
}

/** A file that belongs to this `meta`; one of another state of the site has readers begin again. */
async function getOf(meta, name) {
  const file = await get(name)
  if (file.v[1] !== '' && meta.chain[file.v[0]] !== file.v[1]) throw new Stale(name)
  return file
}

function numbers(text) {
  const out = []
  let value = 0
  let shift = 0
  for (const letter of text) {
    const bits = VALUE.get(letter)
    value |= (bits & 31) << shift
    shift += 5
    if (bits < 32) {
      out.push(value >>> 0)
      value = shift = 0
    }
  }
  return out
}

function rising(text) {
  let next = 0
  return numbers(text).map((gap) => (next += gap + 1) - 1)
}

async function shard(meta, at) {
  const file = await getOf(meta, `words/${at}.json`)
  if (!file.words) {
    let before = []
    let fresh = 0
    const classes = numbers(file.c)
    const pieces = file.w === '' ? [] : file.w.split(' ')
    file.words = pieces.map((piece, i) => {
      before = [...before.slice(0, parseInt(piece[0], 36)), ...piece.slice(1)]
      const word = before.join('')
      const group = fresh - classes[i]
      if (group === fresh) fresh += 1
      return { word, folded: fold(word), group }
    })
    file.groups = file.p.split(' ')
  }
  return file
}

/** Records that hold a word of the query, with points; and the words to be marked. */
async function holding(meta, word, isLast, marked) {
  const folded = fold(word)
  const file = await shard(meta, shardOf(folded, meta.shards))
  const hits = new Map()
  const take = (found, factor) => {
    const groups = new Set(found.map(({ group }) => group))
    for (const other of file.words) if (groups.has(other.group)) marked.add(other.folded)
    for (const group of groups) {
      let next = 0
      for (const code of numbers(file.groups[group])) {
        next += code >>> 3
        hits.set(next, Math.max(hits.get(next) ?? 0, POINTS[code & 7] * factor))
        next += 1
      }
    }
    return found.length > 0
  }
  // A query with dots and accents means them; one without means either.
  const either = (test) => {
    const strict = word === folded ? [] : file.words.filter((own) => test(own.word, word))
    return strict.length > 0 ? strict : file.words.filter((own) => test(own.folded, folded))
  }
  const begins = (own, wanted) => own.startsWith(wanted)
  let found = take(either((own, wanted) => own === wanted), 1)
  if ((isLast || !meta.stems) && folded.length > 1) found = take(either(begins), 0.6) || found
  // Without a stemmer, words that share most of their letters are taken for forms of one word, and weigh little.
  const most = Math.max(4, folded.length - 4, Math.ceil(folded.length * 0.65))
  if (!meta.stems && folded.length > most && !/^\p{N}/u.test(folded)) {
    found = take(either((own, wanted) => own.startsWith(wanted.slice(0, most))), 0.3) || found
  }
  for (let cut = 1; !found && cut <= 4 && folded.length - cut >= 4 && !/^\p{N}/u.test(folded); cut += 1) {
    found = take(either((own, wanted) => own.startsWith(wanted.slice(0, wanted.length - cut))), 0.5)
  }
  return hits
}

/** All records that hold every word, each with its points; null where nothing was asked. */
async function matching(meta, query, marked) {
  let asked = [...new Set(words(query))]
  if (asked.length > 1) asked = asked.filter((word) => [...word].length > 1 || /\p{N}/u.test(word))
  if (asked.length === 0) return null
  const all = await Promise.all(asked.map((word, at) => holding(meta, word, at === asked.length - 1 && !/\s$/.test(query), marked)))
  all.sort((a, b) => a.size - b.size)
  const points = new Map()
  for (const record of all[0].keys()) {
    if (!all.every((hits) => hits.has(record))) continue
    const sum = all.reduce((sum, hits) => sum + hits.get(record) * Math.log(1 + meta.records / hits.size), 0)
    points.set(record, sum + (0.5 * record) / meta.records)
  }
  return points
}

// --- Facets.

/** Makes the checkboxes, once. */
function build(meta) {
  if (meta.boxes) return
  meta.boxes = []
  const wanted = new URLSearchParams(location.search)
  for (const { name, title, values } of meta.facets) {
    const facet = clone('facet-template', { title })
    for (const [id, label, set] of values) {
      const row = clone('value-template', { name: label })
      const box = row.querySelector('input')
      box.name = name
      box.value = id
      box.checked = wanted.getAll(name).includes(id)
      meta.boxes.push({ name, id, box, row, records: rising(set), count: row.querySelector('[data-slot=count]') })
      facet.querySelector('[data-slot=values]').append(row)
    }
    filters.querySelector('[data-slot=facets]').append(facet)
  }
}

/** Which records pass the facets, each counted under the other facets' choices. */
function narrowed(meta, points) {
  const passes = new Map(meta.facets.map(({ name }) => [name, null]))
  for (const { name, box, records } of meta.boxes.filter(({ box }) => box.checked)) {
    if (!passes.get(name)) passes.set(name, new Uint8Array(meta.records))
    for (const record of records) passes.get(name)[record] = 1
  }
  const has = (record, but) => (!points || points.has(record)) && [...passes].every(([name, mask]) => name === but || !mask || mask[record])
  for (const own of meta.boxes) {
    const count = own.records.filter((record) => has(record, own.name)).length
    own.count.textContent = number.format(count)
    own.row.hidden = count === 0 && !own.box.checked
  }
  for (const set of filters.querySelectorAll('fieldset')) set.hidden = !set.querySelector('li:not([hidden])')
  const all = points ? [...points.keys()] : Array.from({ length: meta.records }, (_, at) => at)
  return all.filter((record) => has(record))
}

// --- The page.

function clone(id, slots) {
  const made = document.getElementById(id).content.firstElementChild.cloneNode(true)
  for (const [slot, text] of Object.entries(slots)) made.querySelector(`[data-slot=${slot}]`).textContent = text
  return made
}

/** Text with the words of the query marked. */
function withMarks(text, marked, into) {
  into.textContent = ''
  let done = 0
  for (const hit of text.matchAll(/[\p{Alphabetic}\p{N}\p{M}\u00ad]+/gu)) {
    if (!words(hit[0]).some((word) => marked.has(fold(word)))) continue
    const mark = document.createElement('mark')
    mark.textContent = hit[0]
    into.append(text.slice(done, hit.index), mark)
    done = hit.index + hit[0].length
  }
  into.append(text.slice(done))
}

function result(record, marked) {
  const made = clone('result-template', { kind: record.kind, number: record.number ?? '', status: record.status })
  const slot = (name) => made.querySelector(`[data-slot=${name}]`)
  const link = slot('title')
  link.href = record.href
  withMarks(record.title, marked, link)
  withMarks(record.text, marked, slot('text'))
  slot('status').classList.add(record.tone)
  if (record.date) {
    const time = document.createElement('time')
    time.dateTime = record.date[0]
    time.textContent = record.date[1]
    slot('date').append(time)
  }
  if (record.lang) {
    const [code, dir, name] = record.lang
    for (const said of [link, slot('text')]) Object.assign(said, { lang: code, dir })
    slot('language').textContent = name
    slot('language').lang = code
  }
  for (const name of ['date', 'number', 'language']) if (slot(name).textContent === '') slot(name).remove()
  return made
}

function count(found) {
  if (found === 0) return root.dataset.none
  const plural = new Intl.PluralRules(lang)
  const forms = [...document.getElementById('found-template').content.querySelectorAll('[data-sample]')]
  const form = forms.find(({ dataset }) => plural.select(Number(dataset.sample)) === plural.select(found)) ?? forms[0]
  return form.textContent.replace('{n}', number.format(found))
}

function tell(text) {
  if (said.textContent !== text) said.textContent = text
}

let sort = new URLSearchParams(location.search).get('sort') === 'date' ? 'date' : 'best'
let turn = 0
let now = { meta: null, order: [], shown: 0, marked: new Set() }

/** The state as an address. */
function address(meta, order) {
  const state = new URLSearchParams()
  if (field.value.trim()) state.set('q', field.value.trim())
  for (const { name, id } of meta.boxes.filter(({ box }) => box.checked)) state.append(name, id)
  if (order !== 'best') state.set('sort', order)
  return `${location.pathname}${state.size > 0 ? `?${state}` : ''}`
}

async function show(mine) {
  const { meta, order, shown, marked } = now
  const next = order.slice(shown, shown + STEP)
  const files = await Promise.all(next.map((at) => getOf(meta, `records/${Math.floor(at / meta.per_file)}.json`)))
  if (mine !== turn) return null
  const made = next.map((at, i) => result(files[i].records[at % meta.per_file], marked))
  if (shown === 0) list.replaceChildren(...made)
  else list.append(...made)
  now.shown += made.length
  more.hidden = now.shown >= order.length
  return made[0]
}

async function run(everything = false) {
  const mine = (turn += 1)
  try {
    const meta = await get('meta.json')
    build(meta)
    const marked = new Set()
    const points = await matching(meta, field.value, marked)
    if (mine !== turn) return
    const picked = meta.boxes.some(({ box }) => box.checked)
    const order = narrowed(meta, points)
    const isBest = points && sort === 'best'
    order.sort((a, b) => (isBest && points.get(b) - points.get(a)) || b - a)
    now = { meta, order, shown: 0, marked }
    try {
      history.replaceState(null, '', address(meta, sort))
    } catch {
      // A browser that was asked too often keeps the older address; nothing else depends on it.
    }
    const asked = everything || points !== null || picked
    for (const link of area.querySelectorAll('[data-sort]')) {
      link.href = address(meta, link.dataset.sort)
      if (link.dataset.sort === sort) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
    }
    clear.hidden = !picked
    if (asked) await show(mine)
    if (mine !== turn) return
    area.hidden = !asked
    document.getElementById('browse').hidden = asked
    tell(asked ? count(order.length) : '')
    run.again = false
  } catch (error) {
    if (mine !== turn) return
    if (error instanceof Stale && !run.again) {
      run.again = true
      held = new Map()
      filters.querySelector('[data-slot=facets]').replaceChildren()
      return run(everything)
    }
    tell(root.dataset.failed)
  }
}

let pause = 0
field.addEventListener('input', () => {
  clearTimeout(pause)
  get('meta.json').catch(() => {})
  pause = setTimeout(run, 120)
})
field.form.addEventListener('submit', (event) => {
  event.preventDefault()
  clearTimeout(pause)
  run(true)
})
filters.addEventListener('change', () => run())
clear.addEventListener('click', () => {
  for (const { box } of now.meta.boxes) box.checked = false
  filters.querySelector('summary').focus()
  run()
})
area.addEventListener('click', (event) => {
  const link = event.target.closest('[data-sort]')
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  sort = link.dataset.sort
  run(true)
})
more.addEventListener('click', async () => {
  const first = await show(turn).catch(() => tell(root.dataset.failed))
  first?.querySelector('a').focus()
})

filters.open = matchMedia('(min-width: 58rem)').matches
const start = new URLSearchParams(location.search)
field.value = start.get('q') ?? ''
start.delete('sort')
if (start.size > 0) run(start.get('q') !== null)
