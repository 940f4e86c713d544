/** What one version of one API says of orders. */
import type { ApiName } from '../../../contracts/schemas/documents.ts';
import type { Finding } from '../../../contracts/schemas/finding.ts';
import type { CaptureOrder } from '../../model/inputs.ts';
import type { CustomerOrder, OrderCategory, Wording } from '../../model/order.ts';
import type { OrderNews } from '../../model/outcome.ts';
import type { LineState } from '../../model/state-tables.ts';
import type { ItemWords } from './item-actions.ts';
import type { ListedKinds } from './listed-kinds.ts';

export interface OrderApi {
  readonly api: ApiName;
  readonly category: OrderCategory;
  readonly base: string;
  readonly resource: 'ProductOrder' | 'ServiceOrder' | 'ResourceOrder';
  readonly itemWords: ItemWords;
  /** The types of an order in the published schema: as it is placed, and as it is shown. */
  readonly types: { readonly create: string; readonly whole: string };
  /** The types of a cancel task, and what the API calls its first state. */
  readonly task: { readonly create: string; readonly whole: string; readonly firstState: 'acknowledged' | 'accepted' };
  /** The type of a subscription as it is asked for; and its type as it is shown, where objects say it. */
  readonly subscription: { readonly asked: string; readonly shown?: string };
  /** The words that it keeps orders in, where there are others; and every object in them says its type. */
  readonly wording?: Wording;
  readonly patch: PatchRules;
  /** What lists need not render an order for. */
  readonly listed: ListedKinds;
  /** How it tells what the provider says by itself; what is not named here, it has no place for. */
  readonly tells: { readonly [news in OwnNews]?: Telling };
  /** What it calls a state of an order or an item. */
  stateOf(state: LineState): string;
  /** What is wrong with an order that is placed, where its published type does not say it. @param body in the words of TMF. */
  wrongAsPlaced?(body: unknown): Finding[];
  /** @param body valid against the type of an order that is placed. */
  read(body: never): ReadOrder;
  /** @param publicUrl where the API is reached from outside, without a slash at the end. */
  render(order: CustomerOrder, publicUrl: string): object;
}

type OwnNews = Extract<OrderNews['kind'], 'jeopardy' | 'milestone' | 'failed'>;

/** By an event of its own, or as an attribute that has another value. */
export type Telling =
  | { readonly event: 'Jeopardy' | 'JeopardyAlert' | 'Milestone' | 'ErrorMessage' }
  | { readonly attribute: string };

export type ReadOrder = Omit<CaptureOrder, 'at' | 'orderId'>;

export interface PatchRules {
  /** Attributes that a patch may change, as published; what is not published at all may be changed, too. */
  readonly patchable: readonly string[];
  /** Published attributes that it may not, and why. The state is spoken of apart. */
  readonly fixed: { readonly [attribute: string]: string };
  /** How a draft is submitted by a patch: the attribute, and the value that it is given. */
  readonly submits: { readonly attribute: string; readonly value: string };
}

export function collectionOf({ base, resource }: Pick<OrderApi, 'base' | 'resource'>): string {
  return `${base}/${nameOf({ resource })}`;
}

/** What the order is called in an event, and in its path. */
export function nameOf({ resource }: { readonly resource: string }): string {
  return `${resource.charAt(0).toLowerCase()}${resource.slice(1)}`;
}
