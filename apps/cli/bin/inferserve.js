#!/usr/bin/env node
'use strict';
const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { Worker } = require('node:worker_threads');

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** npx runs this file below a shell that dies of a signal without passing it on; this is how often to look. */
const PARENT_CHECK_MS = 200;

/** What "npm start" tells V8 about its heap. */
const HEAP_FLAGS =
  '--max-semi-space-size=16 --initial-old-space-size=48 --heap-growing-percent=60'.split(' ');

const root = resolve(__dirname, '../../..');
const main = join(root, 'dist/inferserve.js');
if (process.argv[2] === 'serve' && process.execArgv.length === 0) boundHeap();
// oxlint-disable-next-line node/no-process-env -- set by npm; without npx an orphan is a daemon and must live on
if (process.env.npm_command === 'exec') endWithParent();
if (existsSync(main)) require(main);
else buildFirst();

/**
 * Gives V8 the flags of a server; those of NODE_OPTIONS win. Most count only from the start of a process, so this one
 * starts anew in its own place. Before Node 22.15 it cannot, but there V8's own bounds are narrower.
 */
function boundHeap() {
  // oxlint-disable-next-line node/no-process-env -- what Node itself reads there
  const given = process.env.NODE_OPTIONS ?? '';
  const flags = HEAP_FLAGS.filter((flag) => !given.includes(flag.split('=')[0]));
  if (process.execve) {
    process.execve(process.execPath, [process.execPath, ...flags, ...process.argv.slice(1)]);
  }
  for (const flag of flags) setFlagsFromString(flag);
}

/**
 * Takes the death of the parent for the SIGTERM that it did not pass on, so that a server drains and everything else
 * ends. In a thread, because training keeps the main one busy. A program that has had its signal gets no second one,
 * which would end it at once.
 */
function endWithParent() {
  const signalled = new Int32Array(new SharedArrayBuffer(4));
  const emit = process.emit;
  process.emit = function (event, ...args) {
    if (SIGNALS.includes(event)) Atomics.store(signalled, 0, 1);
    return emit.call(this, event, ...args);
  };
  const check = `
    const { workerData } = require('node:worker_threads');
    const timer = setInterval(() => {
      if (process.ppid === workerData.parent) return;
      clearInterval(timer);
      if (Atomics.load(workerData.signalled, 0) === 0) process.kill(process.pid, 'SIGTERM');
    }, workerData.intervalMs);`;
  const workerData = { parent: process.ppid, intervalMs: PARENT_CHECK_MS, signalled };
  new Worker(check, { eval: true, workerData }).unref();
}

/** Compiles the project, once after a checkout. A signal ends the compiler too. */
function buildFirst() {
  const build = spawn('npm', ['run', '--silent', 'build'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  const stop = (signal) => build.kill(signal);
  for (const signal of SIGNALS) process.on(signal, stop);
  build.on('error', ({ message }) => {
    process.stderr.write(`inferserve: cannot build (${message}). Run "npm run build".\n`);
    process.exitCode = 1;
  });
  build.on('exit', (code, signal) => {
    for (const each of SIGNALS) process.off(each, stop);
    if (signal !== null) process.kill(process.pid, signal);
    else if (code !== 0) process.exitCode = 1;
    else require(main);
  });
}
