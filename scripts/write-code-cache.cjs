'use strict';
/**
 * node write-code-cache.cjs PROGRAM ARGUMENT...: starts a server by a built program and writes down what V8 has compiled by the
 * time that it listens.
 */
const { mkdirSync, writeFileSync } = require('node:fs');
const { dirname } = require('node:path');

const POLL_MS = 50;

process.argv.splice(1, 1);
const { cache, script } = require(process.argv[1]);

setInterval(() => {
  if (!process.getActiveResourcesInfo().includes('TCPServerWrap')) return;
  mkdirSync(dirname(cache), { recursive: true });
  writeFileSync(cache, script.createCachedData());
  process.exit();
}, POLL_MS);
