/** Looking into the product inventory. It is for reading: what stands there is changed by orders, and by nothing else. */
import { selectFields } from '../../contracts/profile/tmf630.ts';
import { type HttpResponse, jsonResponse } from '../../exchange/message.ts';
import type { RoutedRequest } from '../../exchange/router.ts';
import { inventoryStatuses } from '../model/inventory/item-table.ts';
import { type Refusal, refusal } from '../model/refusals.ts';
import { domainOrderKinds } from '../model/words.ts';
import type { InventoryQuery, InventoryStore } from '../shell/inventory-store.ts';
import { productInventoryBase, renderProduct } from '../wire/product-inventory.ts';
import { errorOfRefusal } from '../wire/tmf-error.ts';
import { errorResponse, type Route } from './answers.ts';
import { pageHeaders, readPage } from './native-pages.ts';

const collection = `${productInventoryBase}/product`;

export function productInventoryRoutes(parts: {
  readonly store: { readonly inventory: InventoryStore };
  readonly publicUrl: string;
}): Route[] {
  const { publicUrl, store } = parts;
  // Looked up each time: the store of the orders decides which inventory it is.

  async function retrieve({ params, query }: RoutedRequest): Promise<HttpResponse> {
    const { id = '' } = params;
    const tree = await store.inventory.treeOf(id);
    const item = tree?.items.find((each) => each.id === id);
    if (tree === undefined || item === undefined) return refused(refusal('productUnknown', { product: id }));
    return jsonResponse(200, selectFields(renderProduct(item, tree, publicUrl), query.fields));
  }

  async function list({ query }: RoutedRequest): Promise<HttpResponse> {
    const read = readQuery(query);
    if (!read.ok) return refused(read.refusal);
    const { items, total } = await store.inventory.list(read.query);
    if (total === 0) return refused(refusal('productMatchesNot', { criteria: criteriaIn(query) }));
    const products: object[] = [];
    for (const item of items) {
      const tree = (await store.inventory.load(item.tree)) ?? { id: item.tree, entries: 0, items };
      products.push(selectFields(renderProduct(item, tree, publicUrl), query.fields));
    }
    const status = products.length < total ? 206 : 200;
    const url = `${publicUrl}${collection}`;
    return jsonResponse(status, products, pageHeaders(query, read.query, { shown: products.length, total, url }));
  }

  return [
    { method: 'GET', path: collection, handle: list },
    { method: 'GET', path: `${collection}/{id}`, handle: retrieve },
  ];
}

function refused(why: Refusal): HttpResponse {
  return errorResponse(errorOfRefusal(why));
}

type Query = RoutedRequest['query'];

/** What each parameter that filters has to be; anything, where nothing is said. */
const filters: { readonly [name: string]: readonly string[] | undefined } = {
  customer: undefined,
  'place.id': undefined,
  status: inventoryStatuses,
  kind: domainOrderKinds,
};

const known = [...Object.keys(filters), 'fields', 'offset', 'limit'];

type ReadQuery =
  | { readonly ok: true; readonly query: InventoryQuery }
  | { readonly ok: false; readonly refusal: Refusal };

/** A misspelt filter would show everything, so only those that are known are taken. */
function readQuery(query: Query): ReadQuery {
  const strange = Object.keys(query).find((name) => !known.includes(name));
  if (strange !== undefined) {
    return { ok: false, refusal: refusal('productFilterUnknown', { name: strange, known: known.join(', ') }) };
  }
  for (const [name, words] of Object.entries(filters)) {
    const values = query[name] ?? [];
    const isWrong = values.length > 1 || (words !== undefined && values.some((value) => !words.includes(value)));
    if (isWrong) return wrongValue(name, values, words === undefined ? 'one value' : `one of ${words.join(', ')}`);
  }
  const read = readPage(query);
  if (!read.ok) return wrongValue(read.name, [read.value], read.expected);
  return { ok: true, query: { ...filtersIn(query), ...read.page } };
}

function filtersIn(query: Query): Omit<InventoryQuery, 'offset' | 'limit'> {
  const customer = query.customer?.[0];
  const place = query['place.id']?.[0];
  const status = inventoryStatuses.find((each) => each === query.status?.[0]);
  const kind = domainOrderKinds.find((each) => each === query.kind?.[0]);
  return {
    ...(customer === undefined ? {} : { customer }),
    ...(place === undefined ? {} : { place }),
    ...(status === undefined ? {} : { status }),
    ...(kind === undefined ? {} : { kind }),
  };
}

function wrongValue(name: string, values: readonly string[] | undefined, expected: string): ReadQuery {
  const value = values?.join(',') ?? '';
  return { ok: false, refusal: refusal('productQueryInvalid', { name, value, expected }) };
}

/** The filters of a request, as it said them. */
function criteriaIn(query: Query): string {
  const said = Object.keys(filters).flatMap((name) => (query[name] ?? []).map((value) => `${name}=${value}`));
  return said.join(' and ') || 'at all';
}
