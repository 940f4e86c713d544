/** What people write for a verification: what is right is read, and what is wrong is pointed at. */
import { describe, expect, it } from 'vitest';
import { rules } from '../../../contracts/rules/catalogue.ts';
import { readStatement, readWaivers } from '../../../contracts/verify/files.ts';
import { fullStatement } from './watched-vendor.ts';

function problems(read: { ok: true } | { ok: false; findings: readonly { pointer: string }[] }): string[] {
  return read.ok ? [] : read.findings.map(({ pointer }) => pointer);
}

describe('a capability statement', () => {
  it.each([
    ['nothing at all', {}],
    ['everything', fullStatement],
    ['filters by name', { offers: { filters: ['state', 'externalId'] } }],
    ['an API key in a header', { auth: { scheme: 'apiKey', header: 'x-key' } }],
    ['OAuth 2', { auth: { scheme: 'oauth2', tokenUrl: 'https://v.example/token', scope: 'a b', expiresIn: 'PT5M' } }],
  ])('may say %s', (_what, document) => {
    expect(readStatement(document)).toEqual({ ok: true, content: document });
  });

  it.each([
    ['an attribute that there is not', { offer: {} }, ''],
    ['a capability that there is not', { offers: { teleport: true } }, '/offers'],
    ['a duration that is none', { answersWithin: '5 s' }, '/answersWithin'],
    ['a state that nothing leads to', { specifications: [{ id: 'a', leadsTo: 'bliss' }] }, '/specifications/0/leadsTo'],
    ['a specification without an id', { specifications: [{}] }, '/specifications/0'],
    ['OAuth 2 without tokenUrl', { auth: { scheme: 'oauth2' } }, '/auth'],
    ['a load that says half', { load: { orders: 1 } }, '/load'],
    ['a list', [], ''],
    ['null', null, ''],
  ])('may not say %s', (_what, document, pointer) => {
    const found = problems(readStatement(document));
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((each) => each.startsWith(pointer))).toBe(true);
  });
});

describe('waivers', () => {
  const waiver = { finding: 'order-transitions', reason: 'known', until: '2026-12-31' };

  it('are for rules or for findings', () => {
    const document = [waiver, { ...waiver, finding: 'order-transitions-3f2a91c0' }];
    expect(readWaivers(document)).toEqual({ ok: true, content: document });
    expect(readWaivers([])).toEqual({ ok: true, content: [] });
  });

  it('can be for every rule that there is', () => {
    expect(problems(readWaivers(rules.map(({ id }) => ({ ...waiver, finding: id }))))).toEqual([]);
  });

  it.each([
    ['for a rule that there is not', [waiver, { ...waiver, finding: 'order-transition' }], '/1/finding'],
    ['without a reason', [{ finding: 'order-transitions', until: '2026-12-31' }], '/0'],
    ['for ever', [{ finding: 'order-transitions', reason: 'known' }], '/0'],
    ['until a day that is none', [{ ...waiver, until: '2026-02-30' }], '/0/until'],
    ['until some time', [{ ...waiver, until: 'summer' }], '/0/until'],
    ['that say more', [{ ...waiver, by: 'me' }], '/0'],
    ['in no list', waiver, ''],
  ])('may not be %s', (_what, document, pointer) => {
    const found = problems(readWaivers(document));
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((each) => each.startsWith(pointer))).toBe(true);
  });
});
