// Checks a record against the public log, in the reader's browser, from files of this site alone, and tells what was
// proven and what was not.
//
// In: the box of parts/prove.html. It names record.json, its proof (c2sp.org/tlog-proof@v1), the log and its keys.
// Out: sentences, as text only. What is recomputed: the file's SHA-256, its salted commitment, the hash of the entry, the
// way from the entry to the signed root, the signature (Ed25519), and from the log's tiles that today's log goes on from there.

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const bytesOf = (text) => new TextEncoder().encode(text)
const MOST = 4_000_000

/** Something that is false, cannot be had, or cannot be judged here. */
class Left extends Error {
  constructor(kind, what) {
    super(what)
    this.kind = kind
  }
}
const isFalse = (what = '') => new Left('fail', what)
const isMalformed = (what) => new Left('form', what)

// --- Bytes.

const nameOf = (url) => new URL(url, location.href).pathname.split('/').pop()

async function get(url) {
  let answer
  try {
    answer = await fetch(url, { cache: 'no-store', credentials: 'omit' })
    if (!answer.ok) throw new Left('gone', nameOf(url))
    const bytes = new Uint8Array(await answer.arrayBuffer())
    if (bytes.length > MOST) throw isMalformed(nameOf(url))
    return bytes
  } catch (error) {
    throw error instanceof Left ? error : new Left('gone', nameOf(url))
  }
}

function read(bytes, what) {
  try {
    return utf8.decode(bytes)
  } catch {
    throw isMalformed(what)
  }
}

async function sha256(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole))
}

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
const equal = (a, b) => hex(a) === hex(b)
const node = (left, right) => sha256(Uint8Array.of(1), left, right)

/** Bytes of base64 in its one spelling; null where it is another. */
function unbase64(text) {
  try {
    const binary = atob(text)
    return btoa(binary) === text ? Uint8Array.from(binary, (c) => c.charCodeAt(0)) : null
  } catch {
    return null
  }
}

function hash32(text, what) {
  const bytes = unbase64(text)
  if (bytes?.length !== 32) throw isMalformed(what)
  return bytes
}

function decimal(text, what) {
  if (!/^(0|[1-9][0-9]{0,14})$/.test(text)) throw isMalformed(what)
  return Number(text)
}

// --- Signed notes: a text, an empty line, lines of signatures.

async function keysOf(text) {
  const keys = []
  for (const one of text.split(' ').filter(Boolean)) {
    const [, name, id, key] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(one) ?? []
    const bytes = key && unbase64(key)
    if (!bytes || bytes.length !== 33 || bytes[0] !== 1) throw isFalse()
    const own = hex((await sha256(bytesOf(`${name}\n`), bytes)).slice(0, 4))
    if (own !== id) throw isFalse()
    const usable = await crypto.subtle.importKey('raw', bytes.slice(1), { name: 'Ed25519' }, false, ['verify']).catch((error) => {
      throw error.name === 'NotSupportedError' ? new Left('no-key', '') : isFalse()
    })
    keys.push({ name, id, usable })
  }
  return keys
}

/** The checkpoint in a signed note, if the log's own key has signed it and no known key's signature is false. */
async function checkpointOf(note, { origin, keys, what }) {
  const split = note.lastIndexOf('\n\n')
  if (split < 0 || !note.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f]/.test(note)) throw isMalformed(what)
  const text = note.slice(0, split + 1)
  const lines = note.slice(split + 2, -1).split('\n')
  if (lines.length > 100) throw isMalformed(what)
  let signed = false
  for (const line of lines) {
    const [, name, signature] = /^\u2014 ([^ +]+) ([^ ]+)$/.exec(line) ?? []
    const bytes = signature && unbase64(signature)
    if (!bytes || bytes.length < 5) throw isMalformed(what)
    const key = keys.find((own) => own.name === name && own.id === hex(bytes.slice(0, 4)))
    if (!key) continue
    if (!(await crypto.subtle.verify({ name: 'Ed25519' }, key.usable, bytes.slice(4), bytesOf(text)))) throw isFalse()
    signed ||= name === origin
  }
  const [first, size, root] = text.split('\n')
  if (!signed || first !== origin) throw isFalse()
  return { size: decimal(size, what), root: hash32(root, what), note }
}

// --- Proofs.

function proofOf(text, what) {
  const split = text.indexOf('\n\n')
  const [first, extra, index, ...hashes] = split < 0 ? [] : text.slice(0, split).split('\n')
  if (first !== 'c2sp.org/tlog-proof@v1' || !extra?.startsWith('extra ') || !index?.startsWith('index ') || hashes.length > 63) throw isMalformed(what)
  const inner = unbase64(extra.slice(6))
  if (!inner) throw isMalformed(what)
  const said = entryOf(read(inner, what), what)
  return { ...said, index: decimal(index.slice(6), what), hashes: hashes.map((line) => hash32(line, what)), note: text.slice(split + 2) }
}

/** The entry and the salt; each in its one spelling. */
function entryOf(text, what) {
  try {
    const { leaf, salt } = JSON.parse(text)
    const { action, c, id, k, n, p, r, t, v } = JSON.parse(leaf)
    const same = JSON.stringify({ leaf, salt }) === text && JSON.stringify({ action, c, id, k, n, p, r, t, v }) === leaf
    if (!same || v !== 1 || !/^[0-9a-f]{64}$/.test(salt)) throw isMalformed(what)
    return { line: leaf, leaf: { action, c, n, t }, salt: Uint8Array.from(salt.match(/../g), (two) => parseInt(two, 16)) }
  } catch {
    throw isMalformed(what)
  }
}

/** The root that an entry and its proof lead to (RFC 9162, 2.1.3.2). */
async function rootFrom(leaf, index, size, hashes) {
  if (index >= size) throw isFalse()
  let [at, last, root] = [index, size - 1, leaf]
  for (const hash of hashes) {
    if (last === 0) throw isFalse()
    if (at % 2 === 1 || at === last) {
      root = await node(hash, root)
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)]
    } else {
      root = await node(root, hash)
    }
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  if (last !== 0) throw isFalse()
  return root
}

// --- Tiles: whether the log of today begins with the log of then, from the same hashes for both roots.

function tree(prefix, size) {
  const held = new Map()
  const groups = (number) => {
    const text = String(number)
    const whole = text.padStart(Math.ceil(text.length / 3) * 3, '0').match(/.../g)
    return whole.map((three, at) => (at + 1 < whole.length ? `x${three}` : three)).join('/')
  }
  const tile = (level, number) => {
    const width = Math.min(256, Math.floor(size / 256 ** level) - 256 * number)
    const path = `tile/${level}/${groups(number)}${width < 256 ? `.p/${width}` : ''}`
    if (!held.has(path)) held.set(path, get(prefix + path).then((bytes) => {
      if (bytes.length !== 32 * width) throw isMalformed(path)
      return bytes
    }))
    return held.get(path)
  }
  const fold = async (hashes) => {
    if (hashes.length === 1) return hashes[0]
    const half = hashes.length / 2
    return node(await fold(hashes.slice(0, half)), await fold(hashes.slice(half)))
  }
  /** The hash over 2^height entries, from the tile that holds it. */
  const whole = async (height, index) => {
    const level = Math.floor(height / 8)
    const count = 2 ** (height - 8 * level)
    const first = index * count
    const bytes = await tile(level, Math.floor(first / 256))
    return fold(Array.from({ length: count }, (_, at) => bytes.slice(32 * ((first % 256) + at), 32 * ((first % 256) + at + 1))))
  }
  const below = (count) => 2 ** Math.floor(Math.log2(count - 1))
  const range = async (from, to) => {
    const count = to - from
    const height = Math.round(Math.log2(count))
    if (2 ** height === count) return whole(height, from / count)
    const half = from + below(count)
    return node(await range(from, half), await range(half, to))
  }
  /** The hash over [from, to) now, and over what of it there was when the log had `then` entries. */
  const both = async (from, to, then) => {
    if (to <= then || from >= then) {
      const now = await range(from, to)
      return { now, then: to <= then ? now : null }
    }
    const half = from + below(to - from)
    const [left, right] = [await both(from, half, then), await both(half, to, then)]
    return { now: await node(left.now, right.now), then: right.then ? await node(left.then, right.then) : left.then }
  }
  return both
}

async function goesOn(prefix, then, now) {
  if (now.size < then.size) throw isFalse()
  if (now.size > MOST * 1000) throw isMalformed('checkpoint')
  const found = then.size === now.size ? { now: then.root, then: then.root } : await tree(prefix, now.size)(0, now.size, then.size)
  if (!equal(found.now, now.root) || !equal(found.then, then.root)) throw isFalse()
}

// --- The check.

const plain = (path) => decodeURIComponent(path).replace(/(index)?\.html$/, '').replace(/\/$/, '')

function isOfThisPage(record, data) {
  const here = data.own === undefined ? data.page : location.pathname
  const path = plain(new URL(record.url).pathname)
  if (path === '' || !plain(new URL(here, location.href).pathname).endsWith(path)) return false
  if (data.own === undefined) return true
  const bare = (text) => text.replace(/\s+/g, ' ').trim()
  return record.language === document.documentElement.lang && bare(record.title) === bare(document.querySelector('h1').textContent)
}

/** Every step with how it went: `ok`, `fail`, or what kept it from being judged. */
async function check(box) {
  const data = box.dataset
  const shown = box.closest('section').querySelector('.hash').textContent.replace(/\s/g, '')
  const steps = []
  const found = {}
  const step = async (name, needs, work) => {
    const lacking = needs.find((need) => found[need] === undefined)
    if (lacking) return
    try {
      found[name] = (await work()) ?? true
      steps.push({ name, went: 'ok' })
    } catch (error) {
      const left = error instanceof Left ? error : isMalformed(name === 'page' ? 'record.json' : name)
      steps.push({ name, went: left.kind, what: left.message })
    }
  }
  await step('record', [], async () => {
    found.file = await get(data.record)
    found.hash = await sha256(found.file)
    if (hex(found.hash) !== shown) throw isFalse()
  })
  await step('page', ['file'], () => {
    if (!isOfThisPage(JSON.parse(read(found.file, 'record.json')), data)) throw isFalse()
  })
  await step('leaf', ['hash'], async () => {
    found.proof = proofOf(read(await get(data.proof), nameOf(data.proof)), nameOf(data.proof))
    const own = await sha256(bytesOf('record/v1\n'), found.proof.salt, found.hash)
    if (hex(own) !== found.proof.leaf.c) throw isFalse()
  })
  await step('key', ['proof'], async () => {
    found.keys = await keysOf(data.keys)
    found.then = await checkpointOf(found.proof.note, { origin: data.origin, keys: found.keys, what: nameOf(data.proof) })
  })
  await step('in', ['then'], async () => {
    const { line, index, hashes } = found.proof
    const root = await rootFrom(await sha256(Uint8Array.of(0), bytesOf(line)), index, found.then.size, hashes)
    if (!equal(root, found.then.root)) throw isFalse()
  })
  await step('now', ['then'], async () => {
    const note = read(await get(data.checkpoint), 'checkpoint')
    const newest = await checkpointOf(note, { origin: data.origin, keys: found.keys, what: 'checkpoint' })
    await goesOn(data.log, found.then, newest)
    found.newest = newest
  })
  return { steps, proof: found.proof, kept: found.newest ?? found.then }
}

// --- Telling.

const NEEDED = ['record', 'page', 'leaf', 'key', 'in']

export async function prove(box) {
  const said = box.querySelector('[data-said]')
  const told = box.querySelector('[data-told]')
  const words = JSON.parse(utf8.decode(await get(box.dataset.words)))
  const say = (key, what = '') => words[key].replace('{what}', what)
  said.textContent = say('busy')
  told.replaceChildren()
  if (!globalThis.crypto?.subtle) {
    said.textContent = say('no-key')
    return
  }
  const { steps, proof, kept } = await check(box)
  const failed = steps.some(({ went }) => went === 'fail' || went === 'form')
  const whole = NEEDED.every((name) => steps.some((step) => step.name === name && step.went === 'ok'))
  box.dataset.result = failed ? 'bad' : whole ? 'good' : 'unfinished'
  const parts = [list(steps.map((step) => sentence(step, say)))]
  if (proof && steps.some(({ name, went }) => name === 'in' && went === 'ok')) parts.push(entry(proof, say))
  const open = steps.some(({ name, went }) => name === 'now' && ['ok', 'fail', 'form'].includes(went)) ? [] : ['now-left']
  parts.push(line('h3', say('unproven')), list([...open, 'not-others', 'not-newer', 'not-page', 'not-true', 'not-script'].map((key) => line('li', say(key)))))
  if (kept) parts.push(...keep(kept, say))
  told.replaceChildren(...parts)
  said.textContent = say(box.dataset.result)
}

function line(tag, text) {
  const made = document.createElement(tag)
  made.textContent = text
  return made
}

function list(items) {
  const made = document.createElement('ul')
  made.append(...items)
  return made
}

function sentence({ name, went, what }, say) {
  const texts = { ok: [`ok-${name}`], fail: [`fail-${name}`], form: ['form', what], gone: ['gone', what], 'no-key': ['no-key'] }
  const made = line('li', say(...texts[went]))
  made.className = went === 'ok' ? 'ok' : 'stop'
  const sign = line('span', went === 'ok' ? '\u2713 ' : '\u2715 ')
  sign.setAttribute('aria-hidden', 'true')
  made.prepend(sign)
  return made
}

function entry(proof, say) {
  const lang = document.documentElement.lang
  const shown = { year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'UTC', timeZoneName: 'short' }
  const when = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, shown).format(new Date(proof.leaf.t))
  const made = line('p', `${say('entry', new Intl.NumberFormat(lang).format(proof.index + 1))} \u00b7 ${when}`)
  if (proof.leaf.action === 'withdrawn') made.append(line('strong', ` ${say('withdrawn')}`))
  return made
}

/** The signed state, to read, to copy and to save. */
function keep({ note, size }, say) {
  const text = line('pre', note)
  text.dir = 'ltr'
  text.tabIndex = 0
  text.setAttribute('role', 'region')
  text.setAttribute('aria-label', say('state'))
  const save = line('a', say('keep'))
  save.href = URL.createObjectURL(new Blob([note], { type: 'text/plain' }))
  save.download = `checkpoint-${size}.txt`
  const row = line('p', '')
  row.className = 'links'
  row.append(save)
  return [line('h3', say('state')), text, row]
}
