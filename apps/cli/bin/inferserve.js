#!/usr/bin/env node
'use strict';
const { execFileSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '../../..');
const main = join(root, 'dist/apps/cli/src/main.js');
if (!existsSync(main)) {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 2, 2] });
}
require(main);
