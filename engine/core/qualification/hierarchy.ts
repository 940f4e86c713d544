/** Which lines and service orders belong together: a question is about a line at the top and all below it. */
import type { DomainOrder, OrderLine } from '../../model/order.ts';
import type { Draft } from '../draft.ts';

export function topLines(draft: Draft): OrderLine[] {
  return draft.lines.all.filter(({ parent }) => parent === undefined);
}

/** The line above which there is none. */
export function topLineOf(draft: Draft, lineId: string): OrderLine {
  let line = draft.lines.get(lineId);
  while (line.parent !== undefined) line = draft.lines.get(line.parent);
  return line;
}

/** The line and every line below it; parents before children. */
export function linesOf(draft: Draft, lineId: string): OrderLine[] {
  const childrenOf = Map.groupBy(draft.lines.all, ({ parent }) => parent);
  const found: OrderLine[] = [];
  const open = [draft.lines.get(lineId)];
  for (let line = open.shift(); line !== undefined; line = open.shift()) {
    found.push(line);
    open.unshift(...(childrenOf.get(line.id) ?? []));
  }
  return found;
}

/** Every service order of a line and of those below it, canceled ones left out; parents before children. */
export function hierarchyOf(draft: Draft, lineId: string): DomainOrder[] {
  const lines = new Set(linesOf(draft, lineId).map(({ id }) => id));
  return draft.domainOrders.all.filter(({ kind, line }) => kind === 'service' && lines.has(line));
}
