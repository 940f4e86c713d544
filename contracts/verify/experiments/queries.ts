/** Lists: pages, filters, selections and sorting; asked when nothing changes any more. */
import { isObject, objectsOf, textOf } from '../../rules/view/json.ts';
import type { Bench, Draft, Experiment, PlannedStep } from './experiment.ts';
import { externalIdOf, specificationOf } from './experiment.ts';

/** So many to a page, and so many pages at most: a vendor with a hundred thousand orders is not walked through. */
const pageLength = 3;
const mostPages = 40;

function list(step: string, query: string): PlannedStep {
  return { step, method: 'GET', path: `/serviceOrder${query === '' ? '' : `?${query}`}` };
}

function fixedSteps(draft: Draft): PlannedStep[] {
  const externalId = encodeURIComponent(externalIdOf(draft, 'minimal'));
  const beginning = encodeURIComponent(externalIdOf(draft, 'mini'));
  const specification = encodeURIComponent(specificationOf(draft).id);
  return [
    list('filter-externalId', `externalId=${externalId}`),
    list('filter-beginning', `externalId=${beginning}`),
    list('filter-state', 'state=completed'),
    list('filter-nobody', `externalId=${encodeURIComponent(externalIdOf(draft, 'nobody'))}`),
    list('filter-or', 'state=completed,cancelled'),
    list('filter-and', `state=completed&externalId=${externalId}`),
    list('filter-nested', `serviceOrderItem.service.serviceSpecification.id=${specification}`),
    list('filter-second', 'serviceOrderItem.id=2'),
    list('fields-two', 'fields=externalId,orderDate'),
    list('fields-none', 'fields=none'),
    list('sort-up', 'sort=orderDate'),
    list('sort-down', 'sort=-orderDate'),
    list('sort-name', 'sort=externalId'),
    list('sort-two', 'sort=state,-orderDate'),
    list('sort-page', `sort=-orderDate&limit=${pageLength}`),
  ];
}

export const queries: Experiment = {
  name: 'queries',
  about: 'Lists show what was asked for: all of it, in pages, what matches, and only the attributes named.',
  plan: (draft) => [
    list('whole', ''),
    { ...list('limit', `limit=${pageLength}&offset={offset}`), repeated: `page after page, ${mostPages} at most` },
    { ...list('limit-filtered', `state=completed&limit=${pageLength}&offset={offset}`), repeated: 'page after page' },
    ...fixedSteps(draft),
    { step: 'fields-one', method: 'GET', path: '/serviceOrder/{order}?fields=orderDate' },
    { ...list('filter-id', 'id={order}') },
    { step: 'retrieve', method: 'GET', path: '/serviceOrder/{order}' },
    list('whole-again', ''),
  ],
  run: async (bench) => {
    const whole = await bench.ask('whole');
    await walk(bench, 'limit');
    await walk(bench, 'limit-filtered');
    for (const { step, path } of bench.plan) {
      if (/^(?:filter|fields|sort)/.test(step) && !path.includes('{')) await bench.ask(step);
    }
    const shown = objectsOf(whole.json).map(({ id }) => textOf(id));
    const own = bench.session.orders;
    const order = own[0] ?? shown.find((id) => id !== undefined);
    if (order !== undefined) {
      await bench.ask('fields-one', { order });
      await bench.ask('filter-id', { order });
      // Every order that was made is asked for once more: lists are held against these.
      for (const id of own) await bench.ask('retrieve', { order: id });
    }
    await bench.ask('whole-again');
  },
};

/** Page after page, until one is empty: how many there are is not believed. */
async function walk(bench: Bench, step: string): Promise<void> {
  let offset = 0;
  for (let page = 0; page < mostPages; page += 1) {
    const { json } = await bench.ask(step, { offset: String(offset) });
    const shown = Array.isArray(json) ? json.filter(isObject).length : 0;
    offset += shown;
    if (shown === 0 || shown > pageLength) break;
  }
  // The first page is still the first page, and again; a vendor of two minds shows one of them to each.
  for (let again = 0; again < 2; again += 1) await bench.ask(step, { offset: '0' });
}
