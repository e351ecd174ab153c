// Loads pages that hold what should run a program and does not, and says what ran.
//
// In: the address of a site, `headers` or `bare`, then on standard input one path a line. With `bare` the browser takes no
// notice of any policy, as if the host sent none and the page named none.
// Out: JSON: how many pages were loaded, and each thing that ran: a mark that was called, a dialog, a word on the console,
// a request to another origin, a page that leads away, an address that would run at a click, a handler.

import { readFileSync } from 'node:fs'
import { open } from './chromium.mjs'

const [base, mode] = process.argv.slice(2)
const paths = readFileSync(0, 'utf8').split('\n').filter(Boolean)
const { context, close } = await open({ bypassCSP: mode === 'bare', viewport: { width: 800, height: 600 } })
const ran = []
await context.addInitScript(() => {
  window.__hits = []
  const hit = name => (...words) => { window.__hits.push(`${name}(${words.map(String).join()})`.slice(0, 120)) }
  for (const name of ['xss', 'alert', 'confirm', 'prompt', 'print', 'open']) window[name] = hit(name)
})

async function look(page, path) {
  const note = what => ran.push({ path, what })
  const here = new URL(path, base)
  const listeners = {
    dialog: dialog => { note(`dialog: ${dialog.message()}`); dialog.dismiss() },
    // Refusals of a policy are told on the console too; they are what should happen.
    console: message => { if (message.type() === 'log' || message.type() === 'info') note(`console: ${message.text()}`) },
    popup: popup => { note(`a new window: ${popup.url()}`); popup.close() },
    request: request => { if (!request.url().startsWith(base) && !request.url().startsWith('data:image/')) note(`request: ${request.url().slice(0, 120)}`) },
  }
  for (const [name, listener] of Object.entries(listeners)) page.on(name, listener)
  try {
    await page.goto(here.href, { waitUntil: 'load' })
    const found = await page.evaluate(() => {
      const found = []
      const schemes = ['http:', 'https:', 'mailto:', 'tel:', 'webcal:']
      for (const element of document.querySelectorAll('*')) {
        for (const { name, value } of element.attributes) {
          if (/^on/i.test(name)) found.push(`a handler: ${name}=${value}`.slice(0, 120))
        }
        for (const key of ['href', 'action', 'formAction', 'src', 'data']) {
          const value = element[key]
          if (typeof value === 'string' && value !== '' && element.hasAttribute(key.toLowerCase())) {
            const data = key === 'src' && value.startsWith('data:image/') || element.localName === 'link' && value.startsWith('data:image/')
            if (!data && !schemes.includes(new URL(value, location.href).protocol)) found.push(`an address: ${value}`.slice(0, 120))
          }
        }
        // What runs at a touch, without following any link.
        for (const type of ['mouseover', 'focus', 'pointerover', 'toggle', 'animationstart']) element.dispatchEvent(new Event(type, { bubbles: false }))
      }
      return found.concat(window.__hits)
    })
    found.forEach(note)
    if (new URL(page.url()).origin !== new URL(base).origin) note(`led to ${page.url()}`)
  } catch (error) {
    note(`not loaded: ${String(error).slice(0, 200)}`)
  }
  for (const [name, listener] of Object.entries(listeners)) page.off(name, listener)
}

const rest = [...paths]
let loads = 0
const worker = async () => {
  const page = await context.newPage()
  for (let path = rest.shift(); path !== undefined; path = rest.shift()) {
    await look(page, path)
    loads += 1
  }
}
await Promise.all([worker(), worker(), worker()])
await close()
process.stdout.write(JSON.stringify({ loads, ran }))
