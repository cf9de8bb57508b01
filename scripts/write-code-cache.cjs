'use strict';
/** Starts the built server and writes down what V8 has compiled by the time that it listens. */
const { mkdirSync, writeFileSync } = require('node:fs');
const { dirname } = require('node:path');
const { cache, script } = require('../dist/server.js');

const POLL_MS = 50;

setInterval(() => {
  if (!process.getActiveResourcesInfo().includes('TCPServerWrap')) return;
  mkdirSync(dirname(cache), { recursive: true });
  writeFileSync(cache, script.createCachedData());
  process.exit();
}, POLL_MS);
