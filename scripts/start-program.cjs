'use strict';
/**
 * dist/server.js: runs dist/server.code.js with what V8 compiled of it at the build, which is a third of a start.
 * Without that, or with another Node or other flags than at the build, V8 compiles the program again.
 */
const { createHash } = require('node:crypto');
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const filename = __filename.replace(/\.js$/, '.code.js');
const bytes = readFileSync(filename);
// V8 compares no more of the source than its length.
const cache = join(__dirname, `code-cache/${createHash('sha1').update(bytes).digest('hex')}`);

exports.cache = cache;
exports.script = new Script(bytes.latin1Slice(), {
  filename,
  cachedData: existsSync(cache) ? readFileSync(cache) : undefined,
});
const program = { exports: {} };
exports.script.runInThisContext()(program.exports, require, program, filename, __dirname);
