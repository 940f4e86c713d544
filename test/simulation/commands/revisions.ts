/** What may be wanted of an order in flight, drawn: of each item something else, less or nothing; more, rightly or not. */
import type { CustomerOrder } from '../../../engine/model/order.ts';
import type { HeaderRevision, LineRevision } from '../../../engine/model/revision/inputs.ts';
import { lineOf, serviceLineOf } from '../../support/orders.ts';

interface Wish {
  readonly lines: readonly LineRevision[];
  readonly header: HeaderRevision;
  readonly note?: string;
}

const pointer = '/serviceOrderItem/0';

/** The first are of one item each; the last is about one that is not there. */
export function revisionsOf(order: CustomerOrder | undefined, variant: number): Wish[] {
  const items = [...(order?.lines.map(({ externalId }) => externalId) ?? []), 'none'];
  const of = (lines: readonly LineRevision[], header: HeaderRevision = {}): Wish => ({ lines, header });
  const category = order?.category ?? 'Service';
  const said = items.map((item) => changeOf(item, variant, category));
  return [
    ...said.map((change) => of([change])),
    ...items.map((item) => of([{ kind: 'drop', item, pointer }])),
    ...items.map((item) => of([additionTo(item, variant, category)])),
    of([additionTo(undefined, variant, category)]),
    of(said.slice(0, 1), { description: `wish ${variant % 4}` }),
    of([
      ...said.slice(0, 1),
      additionTo(undefined, variant, category),
      { kind: 'drop', item: items[0] ?? 'none', pointer },
    ]),
    of(items.slice(0, -1).map((item) => ({ kind: 'drop', item, pointer }))),
    of([], { description: `wish ${variant % 4}` }),
    of([]),
  ];
}

type Category = CustomerOrder['category'];

function changeOf(item: string, variant: number, category: Category): LineRevision {
  const change = { kind: 'change', item, pointer } as const;
  const valued = (name: string, value: string | null) => ({ ...change, characteristics: [{ name, value }] });
  switch (variant % 8) {
    case 0:
    case 1:
      return valued('colour', 'blue');
    case 2:
      return valued('colour', 'red');
    case 3:
      return { ...change, quantity: 1 + (variant % 2) };
    case 4:
      return valued('colour', null);
    case 5:
      return variant % 3 === 0 ? valued('colour', 'green') : { ...change, quantity: 2, ...valued('port', '1') };
    case 6:
      return { ...change, quantity: variant % 3 === 0 ? 0 : 1 };
    default:
      if (category === 'Product') return { ...change, offering: offeringFor(variant) };
      return variant % 3 === 0 ? valued('taste', 'sweet') : valued('colour', 'blue');
  }
}

/** Another item, mostly one that could be ordered so. */
function additionTo(parent: string | undefined, variant: number, category: Category): LineRevision {
  const externalId = ['extra', 'more', 'another', 'house'][variant % 4] ?? 'extra';
  const said = { externalId, pointer, ...(parent === undefined ? {} : { parent }) };
  if (category === 'Product') return { kind: 'add', line: lineOf({ ...said, offering: offeringFor(variant) }) };
  const [large, small] = category === 'Service' ? ['house', 'plain'] : ['mast', 'antenna'];
  const specification = variant % 11 === 0 ? 'castle' : variant % 5 === 0 ? large : small;
  return { kind: 'add', line: serviceLineOf(specification, said) };
}

function offeringFor(variant: number): string {
  return variant % 11 === 0 ? 'regal' : variant % 3 === 0 ? 'homely' : 'bare';
}
