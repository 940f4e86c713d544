/**
 * The oldest Node.js that package.json promises to run on, brought along on demand. Run as a program, it prints the path
 * of the binary: `OLDER_NODE=$(npx node build/older-node.ts) npm test`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The binary that OLDER_NODE names; otherwise one from npm, kept below node_modules for the next time. */
export function olderNode(): string {
  const named = process.env.OLDER_NODE;
  if (named !== undefined && named !== '') return resolve(named);
  const version = oldestVersion();
  const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = resolve('node_modules/.cache/southbound', `node-${version}`);
  const binary = resolve(
    folder,
    'node_modules',
    `node-${platform}`,
    'bin',
    platform.startsWith('win') ? 'node.exe' : 'node',
  );
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  const npm = ['install', '--prefix', folder, '--no-save', '--no-package-lock', '--ignore-scripts'];
  const { stdout, stderr } = spawnSync('npm', [...npm, `node-${platform}@${version}`], { encoding: 'utf8' });
  if (existsSync(binary)) return binary;
  throw new Error(
    `npm brought no Node.js ${version} for ${platform}. Set OLDER_NODE to the path of a Node.js ${version} binary.\n` +
      `${stdout}${stderr}`,
  );
}

/** `22.18.0` of `>=22.18.0`. */
function oldestVersion(): string {
  const { engines }: { engines: { node: string } } = JSON.parse(readFileSync('package.json', 'utf8'));
  const version = /^>=(\d+\.\d+\.\d+)$/.exec(engines.node)?.[1];
  if (version === undefined)
    throw new Error(`engines.node in package.json is "${engines.node}". Write it as >= and a version.`);
  return version;
}

if (import.meta.main) console.log(olderNode());
