/** What a vendor offers: by its word, or else by how it answered. */
import { describe, expect, it } from 'vitest';
import { type Capability, capabilities } from '../../../contracts/records/capabilities.ts';
import { isOffered, offersOf } from '../../../contracts/rules/view/offers.ts';
import { seenOf } from '../../../contracts/rules/view/seen.ts';
import { plainTrace, refusal, type Said } from './plain-trace.ts';

function offersIn(said: readonly Said[], declared: { readonly [capability: string]: boolean } = {}) {
  const trace = plainTrace(said);
  return offersOf(
    trace.exchanges.map((each) => seenOf(each, trace)),
    { offers: declared },
  );
}

/** What shows each of them, when it is asked for. */
const asked: { readonly [capability in Capability]: Said } = {
  cancel: { method: 'POST', path: '/cancelServiceOrder', sent: {}, status: 201, got: {} },
  hub: { method: 'POST', path: '/hub', sent: {}, status: 201, got: {} },
  patch: { method: 'PATCH', path: '/serviceOrder/o1', sent: {}, got: {} },
  delete: { method: 'DELETE', path: '/serviceOrder/o1', status: 204 },
  paging: { method: 'GET', path: '/serviceOrder?limit=3', got: [], aim: 'queries limit' },
  filters: { method: 'GET', path: '/serviceOrder?state=completed', got: [], aim: 'queries filter-state' },
  fields: { method: 'GET', path: '/serviceOrder?fields=none', got: [], aim: 'queries fields-none' },
  sort: { method: 'GET', path: '/serviceOrder?sort=orderDate', got: [], aim: 'queries sort-up' },
};

const isParameter = (capability: Capability) => ['paging', 'filters', 'fields', 'sort'].includes(capability);

describe.each(capabilities)('%s', (capability) => {
  const said = asked[capability];
  const denied = { ...said, ...refusal(501) };

  it('is offered when it is answered', () => {
    expect(offersIn([said])[capability]).toMatchObject({ offered: 'yes', known: 'probed' });
  });

  it('is not when it is answered 501, and the answer says so', () => {
    const offer = offersIn([denied])[capability];
    expect(offer).toMatchObject({ offered: 'no', known: 'probed' });
    expect(offer.denial?.status).toBe(501);
    expect(isOffered(offer)).toBe(false);
  });

  it('is when it is answered once, whatever else is said', () => {
    expect(offersIn([denied, said])[capability].offered).toBe('yes');
  });

  it('is not known when nobody asked, and counts as offered', () => {
    const offer = offersIn([])[capability];
    expect(offer).toMatchObject({ offered: 'unknown', because: 'it was not tried' });
    expect(isOffered(offer)).toBe(true);
  });

  it('is not known by what is wrong on purpose', () => {
    const wrong = { ...denied, aim: denied.aim ?? 'unknown patch', wrong: 'there is no such order' };
    expect(offersIn([wrong])[capability].offered).toBe('unknown');
  });

  it('is as it is declared, whatever is answered', () => {
    const refused = offersIn([denied], { [capability]: true })[capability];
    expect(refused).toMatchObject({ offered: 'yes', known: 'declared' });
    expect(refused.denial?.status).toBe(501);
    expect(offersIn([said], { [capability]: false })[capability]).toMatchObject({ offered: 'no', known: 'declared' });
  });

  it.each([
    [405, true],
    [400, isParameter(capability)],
    [409, false],
    [500, false],
  ])(`is denied by %i: %s`, (status, isDenial) => {
    const isParameterOf405 = status === 405 && isParameter(capability);
    const offer = offersIn([{ ...said, ...refusal(status) }])[capability];
    expect(offer.offered).toBe(isDenial && !isParameterOf405 ? 'no' : 'yes');
  });
});

it('is not known by requests without valid credentials', () => {
  const said: Said = { ...asked.patch, ...refusal(405), aim: 'auth none-patch', credentials: 'none' };
  expect(offersIn([said]).patch.offered).toBe('unknown');
});
