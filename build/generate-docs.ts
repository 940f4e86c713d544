/** Writes the generated pages of docs/. With `--check`, writes nothing and fails when a committed page is not what would be written. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { generatedPages } from './pages/all-pages.ts';

for (const { file, text } of generatedPages()) {
  const page = new URL(`../${file}`, import.meta.url);
  if (!process.argv.includes('--check')) writeFileSync(page, text);
  else if (!existsSync(page) || readFileSync(page, 'utf8') !== text) {
    console.error(`${file} is not what the sources give.\nRun "npm run generate" and commit the result.`);
    process.exitCode = 1;
  }
}
