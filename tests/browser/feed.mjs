// Opens feeds as a person does who clicks one, and says what a browser shows of them.
//
// In: the address of a site, paths. Out: JSON, one entry a path and colour scheme.

import { open } from './chromium.mjs'

const [base, ...paths] = process.argv.slice(2)
const report = []
for (const colorScheme of ['light', 'dark']) {
  const { context, close } = await open({ colorScheme, viewport: { width: 320, height: 700 } })
  for (const path of paths) {
    const page = await context.newPage()
    await page.goto(new URL(path, base).href)
    report.push(await page.evaluate(({ path, colorScheme }) => {
      const shown = element => element !== null && element.getClientRects().length > 0
      const links = [...document.querySelectorAll('a')]
      return {
        path,
        colorScheme,
        type: document.contentType,
        heading: document.querySelector('h1')?.textContent ?? '',
        side: getComputedStyle(document.querySelector('h1')).direction,
        links: links.filter(shown).filter(link => link.protocol.startsWith('http')).length,
        machine: ['id', 'guid', 'updated', 'pubDate', 'link', 'description', 'subtitle'].filter(name => [...document.getElementsByTagName(name)].some(shown)),
        paper: getComputedStyle(document.documentElement).backgroundColor,
        wide: document.documentElement.scrollWidth > innerWidth,
      }
    }, { path, colorScheme }))
    await page.close()
  }
  await close()
}
process.stdout.write(JSON.stringify(report))
