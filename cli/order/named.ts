/** What the words of a command mean in an order: found by number, id or name; what is not there is told with what is. */
import type { DomainOrder, Order } from '../../contracts/schemas/southbound-api.generated.ts';
import { WrongUse } from '../terminal.ts';

export function serviceOrderIn({ number, domainOrders }: Order, about: string | undefined): DomainOrder {
  // Resource orders and work orders have an action where they go outside as well.
  const serviceOrders = domainOrders.filter(
    ({ kind, outboundAction }) => kind === 'service' || outboundAction !== undefined,
  );
  const named = serviceOrders.find((each) => [each.id, each.number, each.specification].includes(about ?? ''));
  if (named !== undefined) return named;
  const known = serviceOrders.map((each) => `${each.number} (${each.specification})`).join(', ') || 'none';
  throw new WrongUse(
    `${about === undefined ? 'Name a service order' : `${number} has no service order "${about}"`}. There are: ${known}`,
  );
}

export function workIn({ number, tasks = [], domainOrders }: Order, about: string | undefined): string {
  const known = [...tasks, ...domainOrders];
  const named = known.find((each) => each.number === about || each.id === about);
  if (named !== undefined) return named.id;
  const numbers = known.map((each) => each.number).join(', ');
  throw new WrongUse(`${number} has no task or domain order ${about ?? 'without a number'}. There are: ${numbers}`);
}

/** The latest one of that name, or the one of that number. */
export function taskIn({ number, tasks = [] }: Order, about: string | undefined): string {
  const named = tasks.findLast((each) => [each.id, each.number, each.name].includes(about ?? ''));
  if (named !== undefined) return named.id;
  const known = tasks.map((each) => `${each.number} (${each.name}, ${each.state})`).join(', ') || 'none';
  throw new WrongUse(
    `${about === undefined ? 'Name a task' : `${number} has no task "${about}"`}. There are: ${known}`,
  );
}

export function falloutIn({ number, fallouts }: Order, about: string | undefined): string {
  const named = fallouts.find((each) => each.number === about || each.id === about);
  if (named !== undefined) return named.id;
  const known = fallouts.map((each) => `${each.number} (${each.state})`).join(', ') || 'none';
  throw new WrongUse(`${number} has no fallout ${about ?? 'without a number'}. There are: ${known}`);
}

/** All of them, where none is named. */
export function lineIn({ number, lines }: Order, about: string | undefined): { line?: string } {
  if (about === undefined) return {};
  const named = lines.find((each) => [each.id, each.number, each.specification].includes(about));
  if (named !== undefined) return { line: named.id };
  const known = lines.map((each) => `${each.number} (${each.specification})`).join(', ');
  throw new WrongUse(`${number} has no line "${about}". There are: ${known}`);
}

/** What whoever ordered calls it: an item is revised under that name. */
export function itemIn({ number, lines }: Order, about: string | undefined): string {
  const named = lines.find((each) => [each.id, each.number, each.specification, each.item].includes(about ?? ''));
  if (named !== undefined) return named.item;
  const known = lines.map((each) => `${each.number} (${each.specification})`).join(', ');
  throw new WrongUse(
    `${about === undefined ? 'Name a line' : `${number} has no line "${about}"`}. There are: ${known}`,
  );
}

export function characteristicOf(text: string): { name: string; value: string } {
  const mark = text.indexOf('=');
  if (mark < 1) throw new WrongUse(`Write a characteristic as name=value; "${text}" is none`);
  return { name: text.slice(0, mark), value: text.slice(mark + 1) };
}
