/** The native interface of order qualification: a question as it is asked, or what is wrong with it, in the published words. */
import type {
  CheckServiceQualification_Create,
  Place as NativePlace,
  RelatedParty,
  ServiceQualificationItem,
} from '../../../contracts/schemas/servicenow-qualification.generated.ts';
import type { CapturedLine, CaptureOrder } from '../../model/inputs.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import type { Party, Place } from '../../model/words.ts';
import {
  characteristicsOf,
  type ItemInTree,
  type ItemShape,
  itemsInTree,
  keptOf,
  linePlace,
} from '../captured-orders.ts';
import { type Fields, firstIn, isMissing, isObject, without } from './native-fields.ts';

export const nativeQualificationBase = '/api/sn_ord_qual_mgmt/qualification';

/** More of a description is not kept, so that nobody takes it for kept. */
const longestDescription = 100;

const shape: ItemShape<ServiceQualificationItem> = {
  listName: 'serviceQualificationItem',
  nestedIn: () => [],
  relationsOf: ({ qualificationItemRelationship = [] }) =>
    qualificationItemRelationship.map(({ relationshipType, id }) => ({ type: relationshipType, id })),
};

/** @param body valid against CheckServiceQualification_Create under `official-lenient`, and nothing wrong with it. */
export function readNativeCheck(body: CheckServiceQualification_Create): Omit<CaptureOrder, 'at' | 'orderId'> {
  const { externalId, description, relatedParty } = body;
  return {
    type: 'CaptureOrder',
    category: 'Service',
    fulfillmentType: 'Qualify',
    ...(externalId === undefined ? {} : { externalId }),
    ...(description === undefined ? {} : { description }),
    parties: relatedParty.map(partyOf),
    lines: itemsInTree(body.serviceQualificationItem, shape).map(lineOf),
    kept: keptOf(body, ['id', 'href', 'qualificationResult', 'state', 'serviceQualificationItem']),
  };
}

function partyOf({ id, name, role, '@referredType': referredType }: RelatedParty): Party {
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role }),
    referredType: referredType ?? 'Customer',
  };
}

/** What is there already is to become something else; all else is added. */
function lineOf(entry: ItemInTree<ServiceQualificationItem>): CapturedLine {
  const { quantity, service } = entry.item;
  const { serviceInventory, referenceServiceInventory, serviceSpecification } = service;
  const [place] = service.place ?? [];
  return {
    ...linePlace(entry),
    action: serviceInventory === undefined ? 'add' : 'change',
    quantity: Number(quantity ?? 1),
    ...(serviceSpecification === undefined ? {} : { specification: serviceSpecification.id }),
    ...(serviceInventory === undefined ? {} : { inventory: serviceInventory.id }),
    ...(referenceServiceInventory === undefined ? {} : { referenceInventory: referenceServiceInventory.id }),
    characteristics: characteristicsOf(
      (service.serviceCharacteristic ?? []).map(({ name, valueType, value = null }) => ({
        name,
        ...(valueType === undefined ? {} : { valueType }),
        value,
      })),
    ),
    ...(place === undefined ? {} : { place: placeOf(place) }),
    kept: keptOf(entry.item, [
      'alternateServiceProposal',
      'eligibilityUnavailabilityReason',
      'qualificationResult',
      'state',
    ]),
  };
}

function placeOf({ id, name, role, '@referredType': referredType }: NativePlace): Place {
  return {
    id,
    ...(name === undefined ? {} : { name }),
    role: role ?? 'service location',
    ...(referredType === undefined ? {} : { referredType }),
  };
}

/** The first thing that is wrong with a question. What is there, and of another type than it should be, its schema finds. */
export function wrongWithNativeCheck(body: unknown): Refusal | undefined {
  if (body === undefined) return refusal('nativeBodyMissing');
  if (!isObject(body)) return undefined;
  if (Object.keys(body).length === 0) return refusal('nativeBodyEmpty');
  const { description, relatedParty, serviceQualificationItem: items } = body;
  if (typeof description === 'string' && description.length > longestDescription) {
    const values = { length: String(description.length), most: String(longestDescription) };
    return refusal('nativeDescriptionTooLong', values, '/description');
  }
  if (isMissing(relatedParty)) return refusal('nativePartyMissing', {}, '/relatedParty');
  if (isMissing(items)) return refusal('nativeItemsMissing', {}, '/serviceQualificationItem');
  return (
    firstIn(relatedParty, '/relatedParty', (party, pointer) => without(party, ['id'], 'relatedParty', pointer)) ??
    firstIn(items, '/serviceQualificationItem', wrongWithItem)
  );
}

function wrongWithItem(item: Fields, pointer: string): Refusal | undefined {
  const { id, service, qualificationItemRelationship: relationships } = item;
  if (isMissing(id)) return refusal('nativeItemIdMissing', {}, `${pointer}/id`);
  if (isMissing(service)) return refusal('nativeServiceMissing', {}, `${pointer}/service`);
  const at = `${pointer}/qualificationItemRelationship`;
  const broken = firstIn(relationships, at, (relationship, place) =>
    without(relationship, ['id', 'relationshipType'], 'qualificationItemRelationship', place),
  );
  return broken ?? (isObject(service) ? wrongWithService(service, `${pointer}/service`) : undefined);
}

const locations = ['place', 'serviceInventory', 'referenceServiceInventory'];

function wrongWithService(service: Fields, pointer: string): Refusal | undefined {
  const given = locations.filter((name) => !isMissing(service[name]));
  if (given.length === 0) return refusal('nativeLocationMissing', {}, pointer);
  if (given.length > 1) return refusal('nativeLocationRepeated', { given: given.join(', ') }, pointer);
  const { place, serviceSpecification, serviceCharacteristic } = service;
  if (Array.isArray(place) && place.length > 1) {
    return refusal('nativePlaceNotOne', { count: String(place.length) }, `${pointer}/place`);
  }
  if (isMissing(serviceSpecification) && isMissing(service.serviceInventory)) {
    return refusal('nativeSpecificationMissing', {}, `${pointer}/serviceSpecification`);
  }
  const named = ['serviceInventory', 'referenceServiceInventory', 'serviceSpecification'];
  return (
    firstIn(place, `${pointer}/place`, (each, at) => without(each, ['id'], 'place', at)) ??
    named
      .map((name) => (isObject(service[name]) ? without(service[name], ['id'], name, `${pointer}/${name}`) : undefined))
      .find((wrong) => wrong !== undefined) ??
    firstIn(serviceCharacteristic, `${pointer}/serviceCharacteristic`, (each, at) =>
      without(each, ['name'], 'serviceCharacteristic', at),
    )
  );
}
