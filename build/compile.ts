/**
 * `npm run build`: the sources compiled into dist, which is what is published, because Node.js strips no types below
 * node_modules. Schemas, suites and whatever else the sources read at run time lie beside them, at the same places.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, statSync } from 'node:fs';
import { extname } from 'node:path';

const project = 'tsconfig.build.json';
const target = 'dist';

rmSync(target, { recursive: true, force: true });
const { status, error } = spawnSync('node_modules/.bin/tsc', ['-p', project], { stdio: 'inherit' });
if (error !== undefined) console.error(`The compiler did not start (${error.message}). Run "npm ci", then this again.`);
if (status === 0) copyData();
process.exitCode = status ?? 1;

/** Whatever lies in a compiled folder and is no source is read by one. */
function copyData(): void {
  const { include }: { include: string[] } = JSON.parse(readFileSync(project, 'utf8'));
  for (const folder of include.filter((place) => statSync(place).isDirectory())) {
    cpSync(folder, `${target}/${folder}`, { recursive: true, filter: (place) => extname(place) !== '.ts' });
  }
}
