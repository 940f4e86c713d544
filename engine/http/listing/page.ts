/** A page of a list: found by what the store knows of each thing, and otherwise by looking at all that are left. */
import {
  type Criterion,
  comparedAs,
  criteriaOf,
  pageOf,
  pageOfList,
  pageShown,
  sortKeysOf,
} from '../../../contracts/profile/tmf630.ts';
import { textOfInstant } from '../../../contracts/schemas/text.ts';
import { errorOfJsonPath, errorOfPaging } from '../../../contracts/schemas/tmf-error.ts';
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import type { RoutedRequest } from '../../../exchange/router.ts';
import type { ListCriterion, ListOrder } from '../../model/listing/listed.ts';
import type { CustomerOrder } from '../../model/order.ts';
import type { ListQuery, OrderQuery, OrderStore, PartQuery } from '../../shell/store.ts';
import type { ListedKind, ListedKinds } from '../../wire/north/listed-kinds.ts';
import { errorResponse } from '../answers.ts';

type Query = RoutedRequest['query'];

export interface ListParts<Thing> {
  /** A page of what the store has, and how many match in all. */
  find(query: ListQuery): Promise<{ readonly found: readonly Thing[]; readonly total: number }>;
  /** What the store knows of each, under the names that the API has for it. */
  readonly kinds: ListedKinds;
  render(thing: Thing): object;
  /** When given, some may be there that nobody is to see. */
  readonly isShown?: ((thing: Thing) => boolean) | undefined;
}

/** @returns exactly what filtering, sorting and cutting the list of all that is rendered gives. */
export async function listPage<Thing>(query: Query, parts: ListParts<Thing>): Promise<HttpResponse> {
  const { find, render, isShown } = parts;
  if (query.filter !== undefined) return errorResponse(errorOfJsonPath());
  const page = pageOf(query);
  if (page === undefined) return errorResponse(errorOfPaging());
  const plan = planOf(query, parts.kinds);
  if (plan.isExact && isShown === undefined) {
    const { found, total } = await find({ where: plan.where, sort: plan.sort, ...page });
    return response(pageShown(found.map(render), total, query));
  }
  // What else a criterion or a sort key means is known of what is rendered only.
  const { found } = await find({ where: plan.where, offset: 0, limit: Number.POSITIVE_INFINITY });
  const shown = isShown === undefined ? found : found.filter(isShown);
  return response(pageOfList(shown.map(render), query) ?? pageShown([], 0, query));
}

/** Orders of one kind. */
export function ordersIn(
  store: Pick<OrderStore, 'list'>,
  of: Pick<OrderQuery, 'category' | 'fulfillmentType'>,
): ListParts<CustomerOrder>['find'] {
  return async (query) => {
    const { orders, total } = await store.list({ ...of, ...query });
    return { found: orders, total };
  };
}

/** What is listed by itself, in its order. */
export function partsIn<Thing>(
  store: Pick<OrderStore, 'listParts' | 'load'>,
  of: Pick<PartQuery, 'list' | 'beside'>,
  thingOf: (order: CustomerOrder, id: string) => Thing | undefined,
): ListParts<Thing>['find'] {
  return async (query) => {
    const { found, total } = await store.listParts({ ...of, ...query });
    const orders = await Promise.all(found.map(({ orderId }) => store.load(orderId)));
    const things = found.flatMap(({ id }, index) => {
      const order = orders[index];
      return (order && thingOf(order, id)) ?? [];
    });
    return { found: things, total };
  };
}

function response({ status, body, headers }: ReturnType<typeof pageShown>): HttpResponse {
  return jsonResponse(status, body, headers);
}

interface Plan {
  /** What the store can say of the query; all that match meet it. */
  readonly where: readonly ListCriterion[];
  readonly sort: readonly ListOrder[];
  /** Whether the store can say all of it. */
  readonly isExact: boolean;
}

function planOf(query: Query, kinds: ListedKinds): Plan {
  const criteria = criteriaOf(query).map((criterion) => inStore(criterion, kinds));
  const keys = sortKeysOf(query);
  const sort = keys.flatMap(({ path, isDown }): ListOrder[] => {
    const [attribute = '', ...below] = path;
    const known = below.length === 0 && Object.hasOwn(kinds, attribute) ? kinds[attribute] : undefined;
    return known === undefined ? [] : [{ attribute: known.listed, isDown }];
  });
  return {
    where: criteria.flatMap(({ criterion }) => criterion ?? []),
    sort,
    isExact: sort.length === keys.length && criteria.every(({ isExact }) => isExact),
  };
}

interface InStore {
  readonly criterion?: ListCriterion;
  /** Whether nothing else meets it. */
  readonly isExact: boolean;
}

function inStore({ path, operator, values }: Criterion, kinds: ListedKinds): InStore {
  const [name = '', ...below] = path;
  const known = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (below.length > 0 || known === undefined || operator === 'regex') return { isExact: false };
  if (operator === 'eq') return equal(known, values);
  const { listed: attribute } = known;
  const [value = '', ...others] = values;
  const at = comparedAs(value);
  if (others.length > 0 || typeof at === 'string') return { isExact: false };
  const bound = { at, isIncluded: operator.endsWith('e') };
  const criterion = operator.startsWith('g') ? { attribute, from: bound } : { attribute, to: bound };
  return { criterion, isExact: true };
}

function equal({ listed: attribute, kind }: ListedKind, values: readonly string[]): InStore {
  const wanted = values.map((text) => ({ text, value: comparedAs(text) }));
  // The engine writes an instant in one way: any other text of the same instant is not equal to it.
  if (kind === 'written') {
    const written = wanted.filter(({ text, value }) => typeof value === 'number' && textOfInstant(value) === text);
    return { criterion: { attribute, oneOf: written.map(({ value }) => value) }, isExact: true };
  }
  // An instant may have been given in many ways, and the text is what is compared.
  const isExact = wanted.every(({ value }) => typeof value === 'string');
  return { criterion: { attribute, oneOf: wanted.map(({ value }) => value) }, isExact };
}
