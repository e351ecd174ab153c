// Reads words as the search page's script does, for comparison with the index.
//
//   node words.mjs < TEXTS
//
// In: on standard input, a JSON list of texts. Out: for each, a list of [word, folded, shard of 64].

import { readFileSync } from 'node:fs'

const source = readFileSync(new URL('../../themes/daylight/static/search.js', import.meta.url), 'utf8')
const part = source.split('// --- Words')[1].split('// --- The index')[0]
const { words, fold, shardOf } = new Function(`//${part}\nreturn { words, fold, shardOf }`)()
const texts = JSON.parse(readFileSync(0, 'utf8'))
process.stdout.write(JSON.stringify(texts.map((text) => words(text).map((word) => [word, fold(word), shardOf(fold(word), 64)]))))
