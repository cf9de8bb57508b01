#!/usr/bin/env node
'use strict';
const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { Worker } = require('node:worker_threads');

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** npx runs this file below a shell that dies of a signal without passing it on; this is how often to look. */
const PARENT_CHECK_MS = 200;

const root = resolve(__dirname, '../../..');
const main = join(root, 'dist/inferserve.js');
// oxlint-disable-next-line node/no-process-env -- set by npm; without npx an orphan is a daemon and must live on
if (process.env.npm_command === 'exec') endWithParent();
if (existsSync(main)) require(main);
else buildFirst();

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
