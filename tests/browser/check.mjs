// Loads pages of a site in Chromium and judges them as a reader would meet them.
//
//   node check.mjs BASE PATH... [--schemes=light,dark] [--widths=360,768,1280] [--narrowest=320]
//
// In: the address of a served site and paths below it. Out: one JSON report on standard output:
// { pages, loads, tabs, problems: [{ path, scheme, width, problem, detail }] }. It ends 0 when it could look, whatever it saw.
//
// A problem is: an axe violation (WCAG 2.2 A and AA, best practices), a page wider than the screen, a request to another
// site, a request that fails, a breach of the content security policy, a console error, an answer other than 200; and,
// looked at once a page: words that are there only with scripts, a control that the Tab key does not reach or reaches
// out of reading order, a focused control that shows no focus.

import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { open } from './chromium.mjs'

const require = createRequire(new URL('../.cache/browser/', import.meta.url))
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']

const { base, paths, schemes, widths, narrowest } = asked(process.argv.slice(2))
const problems = []
const words = new Map()
let loads = 0
let tabs = 0
await Promise.all(schemes.map(inScheme))
await withoutScripts()
problems.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
process.stdout.write(JSON.stringify({ pages: paths.length, loads, tabs, problems }, null, 1) + '\n')

function asked(words) {
  const flag = (name, usual) => (words.find((word) => word.startsWith(`--${name}=`))?.split('=')[1] ?? usual).split(',')
  const [base, ...paths] = words.filter((word) => !word.startsWith('--'))
  if (!base || paths.length === 0) {
    process.stderr.write('check.mjs needs the address of a served site and at least one path\n')
    process.exit(2)
  }
  return {
    base: new URL(base),
    paths,
    schemes: flag('schemes', 'light,dark'),
    widths: flag('widths', '360,768,1280').map(Number),
    narrowest: Number(flag('narrowest', '320')[0]),
  }
}

async function inScheme(scheme) {
  const { context, close } = await open({ colorScheme: scheme, reducedMotion: 'reduce' })
  try {
    for (const path of paths) await visit(context, path, scheme)
  } finally {
    await close()
  }
}

async function visit(context, path, scheme) {
  const page = await context.newPage()
  let width = widths[0]
  const tell = (problem, detail) => problems.push({ path, scheme, width, problem, detail })
  await listen(page, tell)
  for (width of widths) {
    if (!(await load(page, path, width, tell))) return page.close()
    await overflow(page, tell)
    await judge(page, tell)
  }
  width = narrowest
  await page.setViewportSize({ width, height: 900 })
  await overflow(page, tell)
  if (scheme === schemes[0]) {
    width = widths.at(-1)
    await page.setViewportSize({ width, height: 900 })
    await walk(page, tell)
    words.set(path, await read(page))
  }
  await page.close()
}

/** Every page once more with scripts off: the same words must be there. */
async function withoutScripts() {
  const { context, close } = await open({ javaScriptEnabled: false, reducedMotion: 'reduce', viewport: { width: widths.at(-1), height: 900 } })
  try {
    const page = await context.newPage()
    for (const [path, expected] of words) {
      await page.goto(new URL(path, base).href, { waitUntil: 'load' })
      const found = await read(page)
      if (found === expected) continue
      const at = [...expected].findIndex((letter, index) => letter !== found[index])
      const detail = `with scripts: …${expected.slice(at, at + 80)}… without: …${found.slice(at, at + 80)}…`
      problems.push({ path, scheme: 'no-scripts', width: widths.at(-1), problem: 'needs-scripts', detail })
    }
  } finally {
    await close()
  }
}

/** What a page says, in words, whether or not it is folded away; the word to readers without scripts is left out. */
function read(page) {
  return page.evaluate(() => {
    const body = document.body.cloneNode(true)
    body.querySelectorAll('noscript').forEach((element) => element.remove())
    return body.textContent.replace(/\s+/g, ' ').trim()
  })
}

/** Goes through a page by the Tab key: every control once, in reading order, each showing that it has the focus. */
async function walk(page, tell) {
  const expected = await page.evaluate(() => {
    const all = [...document.querySelectorAll('a[href],button,input,select,textarea,summary,[tabindex]')]
    const shown = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && !element.disabled
    window.walked = all.filter((element) => element.tabIndex >= 0 && shown(element))
    // Groups of radio buttons are one stop.
    const group = (element) => (element.type === 'radio' ? element.name : '')
    window.walked = window.walked.filter((element, at, list) => !group(element) || list.findIndex((other) => group(other) === group(element)) === at)
    return window.walked.length
  })
  await page.evaluate(() => document.activeElement?.blur?.())
  for (let at = 0; at < expected; at += 1) {
    await page.keyboard.press('Tab')
    tabs += 1
    const wrong = await page.evaluate((at) => {
      const here = document.activeElement
      const wanted = window.walked[at]
      const name = (element) => (element ? element.outerHTML.slice(0, 120) : 'nothing')
      if (here !== wanted) return `stop ${at + 1} is ${name(here)}, not ${name(wanted)}`
      const style = getComputedStyle(here)
      const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
      return ring || style.boxShadow !== 'none' ? null : `no sign of the focus on ${name(here)}`
    }, at)
    if (!wrong) continue
    tell('keyboard', wrong)
    if (wrong.startsWith('stop')) return
  }
}

async function listen(page, tell) {
  await page.exposeFunction('tellBreach', (breach) => tell('security-policy', breach))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      window.tellBreach(`${event.effectiveDirective} forbids ${event.blockedURI || 'inline code'}`))
  })
  page.on('pageerror', (error) => tell('script-error', error.message))
  page.on('console', (message) => {
    // What could not be loaded is told below, with its path.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) tell('console-error', message.text())
  })
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText
    const { origin, pathname } = new URL(request.url())
    // What was answered with an error is told by its status, and then given up.
    if (origin === base.origin && why !== 'net::ERR_ABORTED') tell('missing', `${why} ${pathname}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) tell('missing', `${response.status()} ${new URL(response.url()).pathname}`)
  })
  await page.route('**/*', (route) => {
    const url = new URL(route.request().url())
    if (url.origin === base.origin || url.protocol === 'data:' || url.protocol === 'blob:') return route.continue()
    tell('off-site-request', url.href)
    return route.abort()
  })
}

/** Opens a page and says whether there is one to judge. */
async function load(page, path, width, tell) {
  loads += 1
  await page.setViewportSize({ width, height: 900 })
  const answer = await page.goto(new URL(path, base).href, { waitUntil: 'load' }).catch((error) => error)
  if (answer instanceof Error || answer.status() !== 200) {
    tell('answer', answer instanceof Error ? answer.message.split('\n')[0] : String(answer.status()))
    return false
  }
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  return true
}

/** Whether a reader must scroll sideways, and the first element that makes them. */
async function overflow(page, tell) {
  const found = await page.evaluate(() => {
    const root = document.scrollingElement
    const room = root.clientWidth
    if (root.scrollWidth <= room) return null
    const wide = [...document.body.querySelectorAll('*')].reverse().find((element) => {
      const box = element.getBoundingClientRect()
      const spills = element.scrollWidth > element.clientWidth && getComputedStyle(element).overflowX === 'visible'
      return box.width > 0 && (box.right > room + 1 || box.left < -1 || (spills && element.scrollWidth > room))
    })
    return `${root.scrollWidth} px in ${room} px: ${wide ? wide.outerHTML.slice(0, 160) : 'no element stands out'}`
  })
  if (found) tell('sideways-scroll', found)
}

async function judge(page, tell) {
  await page.evaluate(axe)
  const violations = await page.evaluate(async (tags) => {
    const result = await window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
    return result.violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, html, failureSummary }) => ({ id, help, target, html, failureSummary })))
  }, tags)
  for (const { id, help, target, html, failureSummary } of violations) {
    const why = failureSummary.split('\n').slice(1).join(' ').trim().slice(0, 300)
    tell(`axe:${id}`, `${help}: ${target.join(' ')}: ${html.slice(0, 160)}: ${why}`)
  }
}
