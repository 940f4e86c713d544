/** What lists of orders are asked by and need not render an order for: what each API calls it, and how it is written there. */

/** `given`: a text as somebody has given it. `written`: an instant as the engine writes it, in one way only. */
export interface ListedKind {
  /** What the store calls it. */
  readonly listed: string;
  readonly kind: 'given' | 'written';
}

/** By attribute of the API. */
export type ListedKinds = { readonly [attribute: string]: ListedKind };

export function given(listed: string): ListedKind {
  return { listed, kind: 'given' };
}

export function written(listed: string): ListedKind {
  return { listed, kind: 'written' };
}

const dates = {
  requestedStartDate: given('requestedStartDate'),
  requestedCompletionDate: given('requestedCompletionDate'),
  completionDate: written('completionDate'),
};

const inV4 = {
  id: given('id'),
  state: given('state'),
  externalId: given('externalId'),
  orderDate: written('orderDate'),
};

export const listedInProductOrders: ListedKinds = { ...inV4, ...dates };
export const listedInServiceOrders: ListedKinds = { ...listedInProductOrders, startDate: written('startDate') };

/** v5 knows many external ids of one order, and a state of drafts. */
export const listedInProductOrdersV5: ListedKinds = {
  ...dates,
  id: given('id'),
  state: given('stateInV5'),
  creationDate: written('orderDate'),
};
