// Draws one picture of a built site: a page on a desk in daylight, beside it on a phone at night, and a second page on a phone.
//
//   node picture.mjs FOLDER PATH SECOND_PATH OUT.png
//
// The pages are read from the folder by the browser itself; no server is started and nothing is fetched.

import { readFileSync, writeFileSync, statSync } from 'node:fs'
import { join, extname } from 'node:path'
import { open } from './chromium.mjs'

const [folder, path, second, out] = process.argv.slice(2)
const host = 'http://norrvik.localhost'
const height = 1460
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

async function shot(path, width, colorScheme) {
  const { context, close } = await open({ colorScheme, reducedMotion: 'reduce', viewport: { width, height } })
  try {
    await context.route('**/*', fromFolder)
    const page = await context.newPage()
    const answer = await page.goto(host + path)
    if (answer.status() !== 200) throw new Error(`${path} is not in ${folder}`)
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    return await page.screenshot({ type: 'png' })
  } finally {
    await close()
  }
}

/** Puts pictures side by side on grey. */
async function beside(pictures) {
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

const sizes = [[path, 1060, 'light'], [path, 360, 'dark'], [second, 360, 'light']]
const pictures = await Promise.all(sizes.map(async ([path, width, scheme]) => ({ width, bytes: await shot(path, width, scheme) })))
writeFileSync(out, await beside(pictures))
