/** What a step makes of the resource orders and work orders of an order, as far as whoever reads them can see it. */
import type { Catalogue } from '../../../model/catalogue.ts';
import { type Json, sameJson } from '../../../model/json.ts';
import type { CustomerOrder, DomainOrder } from '../../../model/order.ts';
import type { Story } from '../../../model/outcome.ts';
import type { PartNews, ShownState } from '../../../model/parts/news.ts';
import { shownStateOf } from '../domain-orders.ts';
import { type PartApi, partApiOf } from './part-api.ts';

export interface PartsChange {
  readonly before: CustomerOrder | undefined;
  readonly order: CustomerOrder;
  readonly story: Pick<Story, 'moves'>;
  readonly catalogue: Catalogue;
  /** Nothing of the order stays. */
  readonly isRemoved: boolean;
}

/**
 * Every state that one came to on the way, in the order of the story; then what else has changed of it; then what is gone. A
 * state that is shown as the one before it is no news.
 */
export function partNews(change: PartsChange): PartNews[] {
  const { before, order, story, isRemoved } = change;
  const known = partsOf(before);
  const parts = isRemoved ? new Map<string, DomainOrder>() : partsOf(order);
  const told = new Map([...known].map(([id, part]) => [id, shownStateOf(part)]));
  const news: PartNews[] = [];
  const toldOf = new Set<string>();
  const tell = (part: string, state: ShownState) => {
    if (told.get(part) === state) return;
    news.push({ kind: told.has(part) ? 'stateChanged' : 'created', part, state });
    toldOf.add(part);
    told.set(part, state);
  };
  for (const { thing, id, to } of story.moves) {
    const part = thing === 'domainOrder' ? parts.get(id) : undefined;
    if (part !== undefined) tell(id, shownStateOf({ ...part, state: to as DomainOrder['state'] })); // states of domain orders
  }
  for (const [id, part] of parts) {
    // Work that is asked to wait makes no move of its own.
    tell(id, shownStateOf(part));
    // Whoever is told of a state is shown all else with it.
    if (toldOf.has(id)) continue;
    const was = known.get(id);
    const attributes = was === undefined || before === undefined ? [] : changedIn(change, before, was, part);
    if (attributes.length > 0) news.push({ kind: 'attributesChanged', part: id, attributes });
  }
  for (const [id, was] of known) if (!parts.has(id)) news.push({ kind: 'deleted', was });
  return news;
}

function partsOf(order: CustomerOrder | undefined): Map<string, DomainOrder> {
  const parts = (order?.domainOrders ?? []).filter((each) => partApiOf(each) !== undefined);
  return new Map(parts.map((part) => [part.id, part]));
}

/** Names of the attributes that are shown otherwise, but for the state. */
function changedIn(
  { order, catalogue }: PartsChange,
  before: CustomerOrder,
  was: DomainOrder,
  part: DomainOrder,
): string[] {
  const api = partApiOf(part);
  if (api === undefined || (was === part && isSameAround(before, order, part))) return [];
  const [then, now] = [
    shown(api, { order: before, domainOrder: was, catalogue }),
    shown(api, { order, domainOrder: part, catalogue }),
  ];
  return [...new Set([...Object.keys(then), ...Object.keys(now)])].filter((name) => !sameJson(then[name], now[name]));
}

/** Most parts are as they were, and are not looked into: what a step does not change stays the same object. */
function isSameAround(before: CustomerOrder, order: CustomerOrder, { parent, job }: DomainOrder): boolean {
  const names = [
    'externalId',
    'description',
    'priority',
    'requestedStartAt',
    'requestedCompletionAt',
    'parties',
  ] as const;
  if (names.some((name) => before[name] !== order[name])) return false;
  if (job === undefined) return true;
  // Work is shown with what it is for.
  const about = (each: CustomerOrder) => each.domainOrders.find(({ id }) => id === parent);
  return about(before) === about(order);
}

/** In one and the same state, so that it does not count. */
function shown(
  api: PartApi,
  placed: Omit<Parameters<PartApi['render']>[0], 'publicUrl'>,
): { readonly [name: string]: Json } {
  return api.render({ ...placed, publicUrl: '' }, 'acknowledged') as { readonly [name: string]: Json }; // rendered from a plain JSON order
}
