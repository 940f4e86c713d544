/** In what two states of an order differ, line by line: add, change, delete; what is not said has not changed. */
import type { CapturedLine } from '../../model/inputs.ts';
import { type Json, sameJson } from '../../model/json.ts';
import type { Characteristic } from '../../model/order.ts';
import type { HeaderRevision } from '../../model/revision/inputs.ts';
import type { ChangeType, CharacteristicChange, LineChange } from '../../model/revision/revision.ts';

export function changesOfLines(before: readonly CapturedLine[], after: readonly CapturedLine[]): LineChange[] {
  const was = new Map(before.map((line) => [line.externalId, line]));
  const is = new Set(after.map(({ externalId }) => externalId));
  return [
    ...after.flatMap((line) => changeOf(was.get(line.externalId), line)),
    ...before.flatMap(({ externalId: item, characteristics }): LineChange[] =>
      is.has(item)
        ? []
        : [
            {
              item,
              kind: 'delete',
              types: ['product'],
              characteristics: changesOfCharacteristics(characteristics, []),
            },
          ],
    ),
  ];
}

function changeOf(before: CapturedLine | undefined, line: CapturedLine): LineChange[] {
  const { externalId: item } = line;
  const characteristics = changesOfCharacteristics(before?.characteristics ?? [], line.characteristics);
  if (before === undefined) return [{ item, kind: 'add', types: ['product'], characteristics }];
  const types = typesOf(before, line, characteristics.length > 0);
  return types.length === 0 ? [] : [{ item, kind: 'change', types, characteristics }];
}

/** Attributes that are kept and not read, and what a change of them is of; of all others it is of related items. */
const typeOfKept: { readonly [name: string]: ChangeType } = {
  itemPrice: 'price',
  itemTotalPrice: 'price',
  itemTerm: 'price',
  relatedParty: 'contact',
};

function typesOf(before: CapturedLine, line: CapturedLine, hasCharacteristics: boolean): ChangeType[] {
  const types = new Set<ChangeType>();
  if (hasCharacteristics) types.add('characteristic');
  if (before.quantity !== line.quantity) types.add('quantity');
  if (before.offering !== line.offering || before.specification !== line.specification) types.add('product');
  if (differs(before.place, line.place)) types.add('place');
  const rest = ({ after, committedDueAt, priority }: CapturedLine) => ({ after, committedDueAt, priority });
  if (differs(rest(before), rest(line))) types.add('relatedItem');
  for (const name of new Set([...Object.keys(before.kept), ...Object.keys(line.kept)])) {
    if (differs(before.kept[name], line.kept[name])) types.add(typeOfKept[name] ?? 'relatedItem');
  }
  return [...types];
}

export function changesOfCharacteristics(
  before: readonly Characteristic[],
  after: readonly Characteristic[],
): CharacteristicChange[] {
  const was = new Map(before.map(({ name, value }) => [name, value]));
  const is = new Set(after.map(({ name }) => name));
  return [
    ...after.flatMap(({ name, value }): CharacteristicChange[] => {
      const previousValue = was.get(name);
      if (previousValue === undefined) return [{ name, value }];
      return sameJson(previousValue, value) ? [] : [{ name, value, previousValue }];
    }),
    ...before.flatMap(({ name, value }) => (is.has(name) ? [] : [{ name, previousValue: value }])),
  ];
}

/** The attributes of the header of which something else is wanted. */
export function changesOfHeader(before: HeaderRevision, after: HeaderRevision): string[] {
  const { kept = {}, ...attributes } = after;
  const { kept: wasKept = {} } = before;
  return [
    ...Object.entries(attributes).flatMap(([name, value]) =>
      differs(Object.entries(before).find(([each]) => each === name)?.[1], value) ? [name] : [],
    ),
    ...(after.kept === undefined
      ? []
      : [...new Set([...Object.keys(wasKept), ...Object.keys(kept)])].filter((name) =>
          differs(wasKept[name], kept[name]),
        )),
  ];
}

function differs(one: unknown, other: unknown): boolean {
  return !sameJson(one as Json | undefined, other as Json | undefined); // plain JSON: parts of an order
}
