#!/usr/bin/env node
// Runs the sources in a checkout and the compiled form in an installed package. Kept to syntax that old runtimes can
// read, so that they get a sentence rather than a stack trace.
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`southbound needs Node.js 22.18 or newer, and this is ${process.versions.node}.`);
  console.error('In a checkout, "npm start" and "npx southbound" bring the right one along.');
  process.exit(2);
}

// What was compiled once is kept in the folder for temporary files: half of the time that a command takes to start.
nodeModule.enableCompileCache?.();

const compiled = new URL('../dist/cli/main.js', import.meta.url);
const sources = new URL('../cli/main.ts', import.meta.url);
const { main } = await import(existsSync(sources) ? sources.href : compiled.href);
await main(process.argv);
