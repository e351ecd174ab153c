// Presses the button "Check now" on pages of served sites, as a reader would: by key.
//
//   node prove.mjs < TASKS
//
// In: on standard input, JSON: [{ base, path, axe, noKeys, shot }]. Out: one JSON report: [{ said, result, went, before,
// after, kept, focus, problems }]. `before` are the scripts and data fetched before the button is pressed; `went` the
// sentences with their classes. `noKeys` takes Ed25519 away, as in an old browser.

import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { open } from './chromium.mjs'

const require = createRequire(new URL('../.cache/browser/', import.meta.url))
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']
const tasks = JSON.parse(readFileSync(0, 'utf8'))
const told = tasks.map(() => null)

for (const scheme of ['light', 'dark']) {
  const { context, close } = await open({ colorScheme: scheme, reducedMotion: 'reduce', viewport: { width: 360, height: 900 }, acceptDownloads: true })
  try {
    for (const [at, task] of tasks.entries()) {
      if ((task.scheme ?? 'light') === scheme) told[at] = await press(context, task)
    }
  } finally {
    await close()
  }
}
process.stdout.write(JSON.stringify(told, null, 1) + '\n')

async function press(context, { base, path, axe: judged, noKeys, shot }) {
  const page = await context.newPage()
  const problems = []
  const fetched = []
  await page.exposeFunction('tellBreach', (breach) => problems.push(`security-policy: ${breach}`))
  await page.addInitScript((noKeys) => {
    document.addEventListener('securitypolicyviolation', (event) =>
      window.tellBreach(`${event.effectiveDirective} forbids ${event.blockedURI || 'inline code'}`))
    if (noKeys) {
      const own = crypto.subtle.importKey.bind(crypto.subtle)
      crypto.subtle.importKey = (form, key, algorithm, ...rest) =>
        algorithm.name === 'Ed25519' ? Promise.reject(new DOMException('no', 'NotSupportedError')) : own(form, key, algorithm, ...rest)
    }
  }, noKeys === true)
  page.on('pageerror', (error) => problems.push(`script-error: ${error.message}`))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.origin !== base && url.protocol !== 'blob:' && url.protocol !== 'data:') problems.push(`off-site: ${url.href}`)
    if (['script', 'fetch', 'xhr'].includes(request.resourceType())) fetched.push(url.pathname)
  })
  await page.goto(base + path, { waitUntil: 'networkidle' })
  const before = [...fetched]
  const button = page.locator('[data-prove] button')
  await button.focus()
  await page.keyboard.press('Enter')
  const said = page.locator('[data-said]')
  await page.waitForFunction(() => {
    const box = document.querySelector('[data-prove]')
    return box.dataset.result || (box.querySelector('[data-said]').textContent === box.dataset.failed)
  })
  const went = await page.$$eval('[data-told] li', (all) => all.map((one) => [one.className, one.lastChild.textContent]))
  const focus = await page.evaluate(() => document.activeElement.tagName)
  let kept = null
  const save = page.locator('[data-told] a[download]')
  if (await save.count()) {
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()])
    kept = { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') }
  }
  if (judged) {
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 900 })
      const wide = await page.evaluate(() => document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth)
      if (wide) problems.push(`sideways-scroll at ${width}`)
      await page.evaluate(axe)
      const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags } }), tags)
      problems.push(...found.violations.map(({ id, nodes }) => `axe:${id} at ${width}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`))
    }
  }
  if (shot) await page.screenshot({ path: shot, fullPage: true })
  const result = await page.locator('[data-prove]').getAttribute('data-result')
  const report = { said: await said.textContent(), result, went, before, after: fetched.slice(before.length), kept, focus, problems }
  await page.close()
  return report
}
