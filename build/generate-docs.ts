/** Writes docs/rules.md. With `--check`, writes nothing and fails when the committed page is not what would be written. */
import { readFileSync, writeFileSync } from 'node:fs';
import { themes } from '../contracts/rules/catalogue.ts';
import { checklist } from './checklist.ts';
import { rulesPage } from './rules-page.ts';

const page = new URL('../docs/rules.md', import.meta.url);
// What the twins show is measured by `npm run kill-matrix`, and kept beside it.
const measured = new URL('../bench/kill-matrix/published.json', import.meta.url);

const { isolatedBy } = JSON.parse(readFileSync(measured, 'utf8'));
const text = rulesPage(themes, checklist, isolatedBy);

if (!process.argv.includes('--check')) writeFileSync(page, text);
else if (readFileSync(page, 'utf8') !== text) {
  console.error('docs/rules.md is not what the rules give.\nRun "npm run generate" and commit the result.');
  process.exitCode = 1;
}
