// Opens a page on screens of several widths and densities, and tells which file the browser took for its first picture.
//
//   node pictures.mjs ADDRESS
//
// Out: one JSON object on standard output: { "360x2": { src, shift } }; `shift` is the cumulative layout shift.

import { open } from './chromium.mjs'

const [address] = process.argv.slice(2)
const report = {}
for (const [width, density] of [[360, 1], [360, 2], [360, 3], [1280, 1], [1280, 2]]) {
  const { context, close } = await open({ viewport: { width, height: 800 }, deviceScaleFactor: density })
  try {
    const page = await context.newPage()
    await page.goto(address, { waitUntil: 'networkidle' })
    report[`${width}x${density}`] = await page.evaluate(async () => {
      const picture = document.querySelector('main img')
      await picture.decode()
      const shifts = await new Promise((done) => {
        new PerformanceObserver((list) => done(list.getEntries())).observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => done([]), 300)
      })
      return { src: picture.currentSrc, shift: shifts.reduce((sum, entry) => sum + entry.value, 0) }
    })
  } finally {
    await close()
  }
}
process.stdout.write(JSON.stringify(report) + '\n')
