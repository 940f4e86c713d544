/**
 * What an item of an order is to do, in the words of TMF and in those of order management. TMF has no word for suspending
 * and resuming: it is a modification to a state, southbound (`south/tmf641-v4.ts`) as well as here.
 */
import { instantOfText } from '../../../contracts/schemas/text.ts';
import type { Action, CustomerOrder, Instant } from '../../model/order.ts';
import { actionOfTmf, tmfActionOf } from '../state-names.ts';

/** How an API names what an item is about. */
export interface ItemWords {
  /** The list of items, in the order and in an item. */
  readonly list: string;
  readonly thing: 'product' | 'service' | 'resource';
  /** The attribute that says in which state the thing is to be, and its words. */
  readonly state: 'status' | 'state' | 'resourceStatus';
  readonly suspended: string;
  readonly active: string;
}

interface WireItem {
  readonly action: string;
}

/** What is said of the thing, as far as the action depends on it. */
interface WireThing {
  readonly status?: string;
  readonly state?: string;
  readonly resourceStatus?: string;
  readonly place?: unknown;
  readonly productCharacteristic?: unknown;
  readonly serviceCharacteristic?: unknown;
  readonly resourceCharacteristic?: unknown;
}

/**
 * A modification to the suspended state suspends. One to the active state that says nothing else resumes; with anything
 * else it is a change, whose sender repeats the state that the thing is in.
 */
export function actionOf({ action }: WireItem, thing: WireThing | undefined, words: ItemWords): Action {
  if (isOwnWord(action)) return action;
  const known = (actionOfTmf as { readonly [word: string]: Action })[action]; // looked up by any word
  if (known !== 'change') return known ?? 'change';
  const wanted = thing?.[words.state];
  if (wanted === words.suspended) return 'suspend';
  const isBare = ['place', `${words.thing}Characteristic`].every((name) => !Object.hasOwn(thing ?? {}, name));
  return wanted === words.active && isBare ? 'resume' : 'change';
}

/** The words of order management that TMF has not: taken, and answered in the words of TMF. */
function isOwnWord(action: string): action is Action {
  return action === 'change' || action === 'no-change' || action === 'suspend' || action === 'resume';
}

/** The same message with the actions of TMF alone: what its contract is held against. */
export function inTmfWords(body: unknown, words: ItemWords): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const items: unknown = Reflect.get(body, words.list);
  if (!Array.isArray(items)) return body;
  return { ...body, [words.list]: items.map((item: unknown) => itemInTmfWords(inTmfWords(item, words))) };
}

function itemInTmfWords(item: unknown): unknown {
  if (typeof item !== 'object' || item === null || !('action' in item)) return item;
  const { action } = item;
  return typeof action === 'string' && isOwnWord(action) ? { ...item, action: tmfActionOf[action] } : item;
}

/** An item as it came, with the action that its line has, in the words of TMF. */
export function withAction<Item extends object>(item: Item, action: Action, words: ItemWords): Item {
  const { thing, state, suspended, active } = words;
  const wanted = action === 'suspend' ? suspended : action === 'resume' ? active : undefined;
  const about: unknown = Reflect.get(item, thing);
  const said = typeof about === 'object' ? about : {};
  return {
    ...item,
    action: tmfActionOf[action],
    ...(wanted === undefined ? {} : { [thing]: { ...said, [state]: wanted } }),
  };
}

/** The day an item is promised for, of its own or of the whole order; one that cannot be read is kept and not acted on. */
export function committedDueOf(item: object, body: object): { committedDueAt?: Instant } {
  for (const source of [item, body]) {
    if (!('committedDueDate' in source) || typeof source.committedDueDate !== 'string') continue;
    const committedDueAt = instantOfText(source.committedDueDate);
    return committedDueAt === undefined ? {} : { committedDueAt };
  }
  return {};
}

/** By line that adds one thing, the inventory item it brings; known once the order is approved. */
export function itemsBrought({ domainOrders }: CustomerOrder): ReadonlyMap<string, string> {
  const brought = new Map<string, string>();
  const several = new Set<string>();
  const lineOf = new Map<string, string>();
  for (const { id, line, parent, installs, move } of domainOrders) {
    lineOf.set(id, line);
    const isTop = parent === undefined || lineOf.get(parent) !== line;
    if (installs === undefined || !isTop || move !== undefined) continue;
    if (brought.has(line)) several.add(line);
    brought.set(line, installs);
  }
  for (const line of several) brought.delete(line);
  return brought;
}
