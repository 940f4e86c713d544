/** Which inventory items an input is about: the shell looks up the trees they stand in, and hands them over with the facts. */
import type { Input } from '../../model/inputs.ts';
import type { CustomerOrder } from '../../model/order.ts';

/**
 * Ids, each once: at capture, and when an order is said anew, what the lines name; and the same again when the order is
 * approved or revised, since it may have changed meanwhile. What the inventory does not have is no matter: it may be known
 * elsewhere.
 */
export function inventoryIn(input: Input, order: CustomerOrder | undefined): readonly string[] {
  if (input.type === 'CaptureOrder' || input.type === 'AmendOrder') {
    const { lines = [] } = input.type === 'AmendOrder' ? input.said : input;
    return distinct(lines.flatMap(({ inventory, referenceInventory }) => [inventory, referenceInventory]));
  }
  if (order?.fulfillmentType !== 'Deliver') return none;
  const added =
    input.type === 'ReviseOrder' ? input.lines.flatMap((each) => (each.kind === 'add' ? each.line : [])) : [];
  const isAbout = input.type === 'ApproveOrder' || input.type === 'ReviseOrder' || input.type === 'DecideRevision';
  if (!isAbout) return none;
  const wanted = order.revisions?.at(-1)?.wanted?.lines ?? [];
  return distinct([...order.lines, ...wanted, ...added].map(({ inventory }) => inventory));
}

const none: readonly string[] = [];

function distinct(ids: readonly (string | undefined)[]): readonly string[] {
  const named = ids.filter((id) => id !== undefined);
  return named.length === 0 ? none : [...new Set(named)];
}
