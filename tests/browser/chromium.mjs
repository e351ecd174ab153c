// Opens the machine's own Chromium with a profile of its own, gone when it is closed, and no traffic of its own.
//
// In: options of a browser context, as playwright-core names them. Out: { context, close }.
// PROMULGATE_TEST_CHROMIUM names the program where it is not Debian's.

import { createRequire } from 'node:module'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const require = createRequire(new URL('../.cache/browser/', import.meta.url))
const { chromium } = require('playwright-core')
const executablePath = process.env.PROMULGATE_TEST_CHROMIUM ?? '/usr/bin/chromium'
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-proxy-server',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export async function open(options) {
  const profile = mkdtempSync(join(tmpdir(), 'promulgate-chromium-'))
  const context = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args, ...options })
  const close = async () => {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
  return { context, close }
}
