/** Every page of docs/ that is generated, as it would be written now. */
import { readFileSync } from 'node:fs';
import { themes } from '../../contracts/rules/catalogue.ts';
import { invariants } from '../../scenarios/laws/invariants/invariants.ts';
import { laws } from '../../scenarios/laws/laws.ts';
import { checklist } from '../checklist.ts';
import { rulesPage } from '../rules-page.ts';
import { invariantsPage } from './invariants-page.ts';
import { lifecyclePage } from './lifecycle-page.ts';
import { lifecycles } from './lifecycles.ts';
import { refusalGroups } from './refusal-groups.ts';
import { refusalsPage } from './refusals-page.ts';
import { rolesPage } from './roles-page.ts';

// What the twins show is measured by `npm run kill-matrix`, and kept beside it.
const measured = new URL('../../bench/kill-matrix/published.json', import.meta.url);

const otherLaws = Object.keys(laws).filter((law) => !invariants.some(({ name }) => name === law));

export function generatedPages(): { readonly file: string; readonly text: string }[] {
  const { isolatedBy } = JSON.parse(readFileSync(measured, 'utf8'));
  return [
    { file: 'docs/rules.md', text: rulesPage(themes, checklist, isolatedBy) },
    { file: 'docs/lifecycle.md', text: lifecyclePage(lifecycles) },
    { file: 'docs/refusals.md', text: refusalsPage(refusalGroups) },
    { file: 'docs/roles.md', text: rolesPage() },
    { file: 'docs/invariants.md', text: invariantsPage(invariants, otherLaws) },
  ];
}
