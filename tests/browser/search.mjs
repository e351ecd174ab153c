// Looks for things on the search pages of a served site, as a reader would: by typing.
//
//   node search.mjs BASE < TASKS
//
// In: the address of a served site and, on standard input, JSON: { asks: [[PATH, QUERY]...], judged: [PATH...] }.
// Out: one JSON report: { asks: [{ path, query, before, said, titles, hrefs, marks, langs }], keyboard, judged, problems }.
// `before` are the files of the index that were asked for before the first key. A problem is an axe violation with results
// open, a page wider than the screen, a request to another site, a breach of the policy, an error of the script.

import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { open } from './chromium.mjs'

const require = createRequire(new URL('../.cache/browser/', import.meta.url))
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']
const base = new URL(process.argv[2])
const tasks = JSON.parse(readFileSync(0, 'utf8'))
const problems = []

const asks = await inBrowser('light', async (context) => {
  const found = []
  for (const [path, query] of tasks.asks) found.push(await ask(context, path, query))
  return { found, keyboard: await byKeyboard(context) }
})
let judged = 0
for (const scheme of ['light', 'dark']) {
  await inBrowser(scheme, async (context) => {
    for (const path of tasks.judged) await judge(context, path, scheme)
  })
}
process.stdout.write(JSON.stringify({ asks: asks.found, keyboard: asks.keyboard, judged, problems }, null, 1) + '\n')

async function inBrowser(colorScheme, work) {
  const { context, close } = await open({ colorScheme, reducedMotion: 'reduce', viewport: { width: 1280, height: 900 } })
  try {
    return await work(context)
  } finally {
    await close()
  }
}

/** A page whose requests are written down and whose troubles are told. */
async function opened(context, path, view = '') {
  const page = await context.newPage()
  const tell = (problem, detail) => problems.push(`${path} ${view}: ${problem}: ${detail}`)
  const fetched = []
  await page.exposeFunction('tellBreach', (breach) => tell('security-policy', breach))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      window.tellBreach(`${event.effectiveDirective} forbids ${event.blockedURI || 'inline code'}`))
  })
  page.on('pageerror', (error) => tell('script-error', error.message))
  page.on('request', (request) => {
    const url = new URL(request.url())
    fetched.push(url.pathname)
    if (url.origin !== base.origin && url.protocol !== 'data:') tell('off-site-request', url.href)
  })
  page.on('response', (response) => response.status() >= 400 && tell('missing', response.url()))
  await page.goto(new URL(path, base).href, { waitUntil: 'networkidle' })
  return { page, fetched, tell }
}

/** The files of the index among the paths. */
function ofIndex(paths) {
  return paths.filter((path) => /\/search\/.*json$/.test(path))
}

/** Waits until the page has said something other than before. */
async function answered(page, before = '') {
  await page.waitForFunction((before) => !['', before].includes(document.getElementById('found').textContent), before)
  await page.waitForLoadState('networkidle')
  return page.textContent('#found')
}

async function ask(context, path, query) {
  const { page, fetched } = await opened(context, path)
  const before = ofIndex(fetched)
  await page.focus('#q')
  await page.keyboard.type(query, { delay: 5 })
  const status = await answered(page)
  await page.waitForTimeout(250)
  const result = await page.evaluate(() => {
    const all = (selector) => [...document.querySelectorAll(selector)]
    return {
      said: document.getElementById('found').textContent,
      titles: all('#list h3 a').map((link) => link.textContent),
      hrefs: all('#list h3 a').map((link) => link.getAttribute('href')),
      marks: all('#list mark').map((mark) => mark.textContent),
      langs: all('#list [lang]').map((element) => element.lang),
      address: location.search,
      focus: document.activeElement.id,
    }
  })
  await page.close()
  return { path, query, before, status, fetched: ofIndex(fetched).length, ...result }
}

/** From the top of the page to a record, with keys alone. */
async function byKeyboard(context) {
  const { page } = await opened(context, '/search/')
  const at = () => page.evaluate(() => {
    const { id, name, tagName, textContent } = document.activeElement
    return { id, name: name ?? '', tag: tagName, text: textContent.trim() }
  })
  const tabTo = async (test) => {
    for (let step = 0; step < 200; step += 1) {
      await page.keyboard.press('Tab')
      const here = await at()
      if (test(here)) return here
    }
    throw new Error('Tab never came there')
  }
  await tabTo(({ id }) => id === 'q')
  await page.keyboard.type('vatten')
  const all = await answered(page)
  const box = await tabTo(({ name }) => name === 'kind')
  await page.keyboard.press('Space')
  const narrowed = await answered(page, all)
  const stays = (await at()).name === box.name
  const address = await page.evaluate(() => location.search)
  await page.keyboard.press('Space')
  await answered(page, narrowed)
  const link = await tabTo(({ tag }) => tag === 'A' && true)
  const first = await tabTo(({ tag, text }) => tag === 'A' && text.length > 25)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => !url.pathname.endsWith('/search/'))
  const reached = await page.textContent('h1')
  await page.goBack({ waitUntil: 'networkidle' })
  const back = await answered(page)
  await page.close()
  return { all, narrowed, stays, address, link, first, reached, back }
}

async function judge(context, path, scheme) {
  for (const width of [360, 1280]) {
    judged += 1
    const { page, tell } = await opened(context, path, `${scheme} ${width}px`)
    await page.setViewportSize({ width, height: 900 })
    if (path.includes('?')) await answered(page)
    await page.evaluate(() => document.getElementById('filters')?.setAttribute('open', ''))
    await page.evaluate(axe)
    const found = await page.evaluate(async (tags) => {
      const { violations } = await window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`))
    }, tags)
    for (const violation of found) tell('axe', violation.slice(0, 300))
    for (const narrow of [width, 320]) {
      await page.setViewportSize({ width: narrow, height: 900 })
      const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth)
      if (wide > 0) tell('sideways-scroll', `${wide} px too wide at ${narrow} px`)
    }
    if (process.env.SEARCH_SHOTS) {
      await page.setViewportSize({ width, height: 900 })
      await page.screenshot({ path: `${process.env.SEARCH_SHOTS}/${path.replace(/\W+/g, '-').slice(0, 40)}${scheme}-${width}.png`, fullPage: true })
    }
    await page.close()
  }
}
