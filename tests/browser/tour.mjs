// Photographs a built Norrvik: twelve pages, and one picture that puts three of them side by side.
//
//   node tour.mjs FOLDER OUT_FOLDER
//
// The pages are read from the folder by the browser itself; no server is started and nothing is fetched.

import { mkdirSync, readFileSync, writeFileSync, statSync } from 'node:fs'
import { join, extname } from 'node:path'
import { open } from './chromium.mjs'

/** Name of the picture, address, width and height of the window, scheme. */
const PAGES = [
  ['home', '/en/', 1060, 1000, 'light'],
  ['decision', '/en/decisions/2026/library-in-soderby/', 1060, 1300, 'light'],
  ['decision-at-night', '/en/decisions/2026/library-in-soderby/', 390, 844, 'dark'],
  ['alert', '/en/alerts/2026/boil-water-ostra/', 390, 844, 'light'],
  ['alert-in-arabic', '/ar/alerts/2026/boil-water-ostra/', 390, 844, 'light'],
  ['alert-in-georgian', '/ka/alerts/2026/boil-water-ostra/', 390, 844, 'dark'],
  ['status', '/en/status/', 1060, 900, 'light'],
  ['service', '/en/services/drinking-water/', 1060, 1000, 'light'],
  ['consultation', '/en/consultations/2026/library-in-soderby/', 1060, 1000, 'light'],
  ['rebuttal', '/en/corrections/2026/library-sold-rumour/', 1060, 900, 'light'],
  ['notice-board', '/notices/', 1060, 900, 'light'],
  ['search', '/en/search/?q=library', 1060, 900, 'light'],
]

const [folder, out] = process.argv.slice(2)
const host = 'http://norrvik.localhost'
const types = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2' }

/** Answers every request from the folder, as a static host would. */
async function fromFolder(route) {
  const url = new URL(route.request().url())
  let file = join(folder, decodeURIComponent(url.pathname))
  try {
    if (url.origin !== host) return route.abort()
    if (statSync(file).isDirectory()) file = join(file, 'index.html')
    return route.fulfill({ body: readFileSync(file), contentType: types[extname(file)] ?? 'application/octet-stream' })
  } catch {
    return route.fulfill({ status: 404, body: 'Not here.' })
  }
}

async function shot(path, width, height, colorScheme) {
  const { context, close } = await open({ colorScheme, reducedMotion: 'reduce', viewport: { width, height } })
  try {
    await context.route('**/*', fromFolder)
    const page = await context.newPage()
    const answer = await page.goto(host + path)
    if (answer.status() !== 200) throw new Error(`${path} is not in ${folder}`)
    await page.waitForLoadState('networkidle')
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    return await page.screenshot({ type: 'png' })
  } finally {
    await close()
  }
}

/** Puts pictures side by side on grey. */
async function beside(pictures, height) {
  const width = pictures.reduce((sum, { width }) => sum + width + 12, 12)
  const { context, close } = await open({ viewport: { width, height: height + 24 } })
  try {
    const page = await context.newPage()
    const images = pictures.map(({ bytes, width }) => `<img width=${width} src="data:image/png;base64,${bytes.toString('base64')}">`)
    await page.setContent(`<body style="margin:12px;display:flex;gap:12px;background:#8b9494">${images.join('')}</body>`)
    return await page.screenshot({ type: 'png' })
  } finally {
    await close()
  }
}

mkdirSync(out, { recursive: true })
for (const [name, path, width, height, scheme] of PAGES) {
  writeFileSync(join(out, `${name}.png`), await shot(path, width, height, scheme))
}
const tall = 1460
const decision = '/en/decisions/2026/library-in-soderby/'
const trio = [[decision, 1060, 'light'], [decision, 360, 'dark'], ['/en/', 360, 'light']]
const side = await Promise.all(trio.map(async ([path, width, scheme]) => ({ width, bytes: await shot(path, width, tall, scheme) })))
writeFileSync(join(out, 'norrvik.png'), await beside(side, tall))
