#!/usr/bin/env node
'use strict';
const { execFileSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join, resolve } = require('node:path');

/** How often to look whether the parent is still there. */
const PARENT_CHECK_MS = 200;

const root = resolve(__dirname, '../../..');
const main = join(root, 'dist/apps/cli/src/main.js');
if (!existsSync(main)) {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 2, 2] });
}
// oxlint-disable-next-line node/no-process-env -- npm sets it; without npx an orphan is a daemon and lives on
if (process.env.npm_command === 'exec') stopWithParent();
require(main);

/**
 * npx runs this file below a shell that dies of SIGTERM without passing it on. The death of that shell stands
 * for the signal, unless the signal reached this process too: a second one would end a server without draining.
 */
function stopWithParent() {
  let isSignalled = false;
  const watched = new Set();
  // Only beside a handler of the command's: a handler of ours alone would keep the signal from ending it.
  process.on('newListener', (signal) => {
    if ((signal !== 'SIGTERM' && signal !== 'SIGINT') || watched.has(signal)) return;
    watched.add(signal);
    process.on(signal, () => {
      isSignalled = true;
    });
  });
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    if (!isSignalled) process.kill(process.pid, 'SIGTERM');
  }, PARENT_CHECK_MS);
  timer.unref();
}
