/** docs/rules.md, and the list of what an integrator asks for. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checklist } from '../../build/checklist.ts';
import { rulesPage } from '../../build/rules-page.ts';
import { rules, themes } from '../../contracts/rules/catalogue.ts';

const published = JSON.parse(readFileSync('bench/kill-matrix/published.json', 'utf8'));

describe('docs/rules.md', () => {
  it('is what the rules give: otherwise run "npm run generate"', () => {
    expect(readFileSync('docs/rules.md', 'utf8')).toBe(rulesPage(themes, checklist, published.isolatedBy));
  });

  it('would notice a rule that has changed', () => {
    const changed = themes.map((theme) => ({
      ...theme,
      rules: theme.rules.map((rule) => ({ ...rule, title: 'Changed.' })),
    }));
    expect(rulesPage(changed, checklist, published.isolatedBy)).not.toBe(
      rulesPage(themes, checklist, published.isolatedBy),
    );
  });
});

describe('what an integrator asks', () => {
  const known = new Set(rules.map(({ id }) => id));
  const answering = new Set(checklist.flatMap((check) => check.rules));

  it('is 33 questions', () => {
    expect(checklist).toHaveLength(33);
    expect(new Set(checklist.map(({ wanted }) => wanted)).size).toBe(33);
  });

  it('is answered by rules that there are', () => {
    expect(checklist.filter((check) => check.rules.length === 0)).toEqual([]);
    expect([...answering].filter((id) => !known.has(id))).toEqual([]);
  });

  it('gives every MUST and SHOULD a place', () => {
    expect(rules.filter(({ id, level }) => level !== 'MAY' && !answering.has(id)).map(({ id }) => id)).toEqual([]);
  });
});
