'use strict';
/**
 * dist/server.js and dist/inferserve.js: each runs the file beside it, `<name>.code.js`, with what V8 compiled of it at the
 * build, which is a third of a start. Without that, or with another Node or other flags than at the build, V8 compiles
 * the program again.
 */
const { createHash } = require('node:crypto');
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const filename = __filename.replace(/\.js$/, '.code.js');
const bytes = readFileSync(filename);
// V8 compares no more of the source than its length.
const cache = join(__dirname, `code-cache/${createHash('sha1').update(bytes).digest('hex')}`);
const cachedData = existsSync(cache) ? readFileSync(cache) : undefined;

exports.cache = cache;
exports.script = new Script(bytes.latin1Slice(), { filename, cachedData });
release(bytes);
if (cachedData) release(cachedData);
const program = { exports: {} };
exports.script.runInThisContext()(
  program.exports,
  require,
  program,
  filename,
  __dirname,
  (specifier) => import(specifier),
);

/** Megabytes that would stay until V8 collects everything for the first time. Node 20 has to wait for that. */
function release({ buffer, byteLength }) {
  // A small file is in memory that it shares with others.
  if (byteLength === buffer.byteLength) buffer.transfer?.(0);
}
