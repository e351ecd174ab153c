// A real Bluesky PDS and the DID registry it needs, both on 127.0.0.1, in one process.
// In: PDS_PORT, PLC_PORT and an empty folder as the first argument. It ends when its standard input closes, so that it
// never outlives the tests that started it.
const net = require('net')
const fs = require('fs')
const path = require('path')

// Both servers bind to every address; tests must not be reachable from outside.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (...args) {
  if (typeof args[0] === 'number' && typeof args[1] !== 'string') return listen.call(this, args[0], '127.0.0.1', ...args.slice(1))
  if (args[0] && typeof args[0] === 'object' && args[0].port !== undefined && !args[0].host) args[0].host = '127.0.0.1'
  return listen.apply(this, args)
}

const folder = path.resolve(process.argv[2])
const data = path.join(folder, 'data')
const blobs = path.join(folder, 'blobs')
fs.mkdirSync(data, { recursive: true })
fs.mkdirSync(blobs, { recursive: true })
Object.assign(process.env, {
  LOG_ENABLED: 'false',
  PDS_HOSTNAME: 'localhost',
  PDS_DEV_MODE: 'true',
  PDS_INVITE_REQUIRED: 'false',
  PDS_DATA_DIRECTORY: data,
  PDS_BLOBSTORE_DISK_LOCATION: blobs,
  PDS_DID_PLC_URL: `http://127.0.0.1:${process.env.PLC_PORT}`,
  PDS_SERVICE_HANDLE_DOMAINS: '.test',
  PDS_JWT_SECRET: 'test-jwt-secret',
  PDS_DPOP_SECRET: '0b'.repeat(32),
  PDS_ADMIN_PASSWORD: 'admin',
  PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX: '0a'.repeat(32),
})

const { Database, PlcServer } = require('@did-plc/server')
const { PDS, envToCfg, envToSecrets, readEnv } = require('@atproto/pds')

async function main() {
  await PlcServer.create({ db: Database.mock(), port: Number(process.env.PLC_PORT) }).start()
  const env = readEnv()
  const pds = await PDS.create(envToCfg(env), envToSecrets(env))
  await pds.start()
}

process.stdin.on('end', () => process.exit(0))
process.stdin.resume()
main().catch((error) => {
  console.error(error)
  process.exit(1)
})
