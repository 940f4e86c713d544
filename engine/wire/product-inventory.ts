/** The product inventory, as the native dialect of TMF637 shows it. */
import type { Place, Product, RelatedParty } from '../../contracts/schemas/servicenow-inventory.generated.ts';
import { inOnePiece, textOfInstant } from '../../contracts/schemas/text.ts';
import type { InventoryItem, InventoryTree } from '../model/inventory/item.ts';
import type { Party } from '../model/words.ts';

export const productInventoryBase = '/api/sn_prd_invt';

/**
 * @param tree the one that the item belongs to: what stands above and below it is said with it.
 * @param publicUrl where the API is reached from outside, without a slash at the end.
 */
export function renderProduct(item: InventoryItem, tree: InventoryTree, publicUrl: string): Product {
  const { id, number, name, status, kind, specification, specificationVersion, startedAt, endedAt } = item;
  return {
    id,
    href: hrefOf(id, publicUrl),
    name,
    number,
    status,
    kind,
    productSpecification: { id: specification, name, version: specificationVersion },
    productCharacteristic: item.characteristics.map(({ name: called, valueType, value }) => ({
      name: called,
      ...(valueType === undefined ? {} : { valueType }),
      value,
    })),
    ...placeOf(item),
    relatedParty: item.parties.map(renderParty),
    productRelationship: relationshipsOf(item, tree).map(([relationshipType, other]) => ({
      relationshipType,
      product: { id: other, href: hrefOf(other, publicUrl) },
    })),
    productOrderItem: [{ orderItemId: item.orderItem, productOrderId: item.order }],
    ...operationsOf(item, tree),
    ...(startedAt === undefined ? {} : { startDate: textOfInstant(startedAt) }),
    ...(endedAt === undefined ? {} : { terminationDate: textOfInstant(endedAt) }),
    '@type': 'Product',
  };
}

function hrefOf(id: string, publicUrl: string): string {
  return inOnePiece(publicUrl, productInventoryBase, '/product/', id);
}

/** What suspends and resumes it, past and to come. */
function operationsOf(
  { id }: InventoryItem,
  { operations = [] }: InventoryTree,
): Pick<Product, 'productInventoryOperation'> {
  const own = operations.filter(({ item }) => item === id);
  if (own.length === 0) return {};
  return {
    productInventoryOperation: own.map(({ event, state, due }) => ({
      operation: event,
      state,
      ...(due === undefined ? {} : { scheduledDate: textOfInstant(due) }),
    })),
  };
}

/** The dialect knows places by their id; one that has none is not shown. */
function placeOf({ place }: InventoryItem): { place?: Place[] } {
  if (place?.id === undefined) return {};
  const { id, name, role, referredType } = place;
  return {
    place: [
      { id, ...(name === undefined ? {} : { name }), role, ...(referredType ? { '@referredType': referredType } : {}) },
    ],
  };
}

function renderParty({ id, name, role, referredType }: Party): RelatedParty {
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role }),
    '@referredType': referredType,
  };
}

function relationshipsOf({ id, parent }: InventoryItem, { items }: InventoryTree): [string, string][] {
  const above: [string, string][] = parent === undefined ? [] : [['HasParent', parent]];
  const below = items.filter((item) => item.parent === id);
  return [...above, ...below.map((item): [string, string] => ['HasChild', item.id])];
}
