/** What was ordered comes back: in the answer to the create, and in every answer after it. */
import { breach, kept, type Rule, wildcards } from '../../rule.ts';
import { itemsOf } from '../../view/items.ts';
import { instantIn, type JsonObject, objectOf, objectsOf, sameJson } from '../../view/json.ts';

/** Attributes of a create that the provider may add to, but not change. */
const keptAttributes = ['externalId', 'category', 'description', 'priority', 'notificationContact'];
const keptDates = ['requestedStartDate', 'requestedCompletionDate'];

export const orderKept: Rule = {
  id: 'order-kept',
  level: 'MUST',
  title:
    'What was ordered comes back: items, actions, services with their characteristics, and the words of who ordered.',
  clause: 'TMF641 v4.1, POST /serviceOrder: the full ServiceOrder is returned; GET returns the same',
  remedy: 'Keep the order as it was given, and show all of it.',
  *check(view) {
    for (const { asked, created, sightings, id } of view.orders) {
      if (created === undefined || created.exchange.aim?.wrong !== undefined) continue;
      const patched = new Set(
        view.asked
          .filter((seen) => seen.operation === 'patchServiceOrder' && seen.id === id)
          .flatMap(({ sent }) => Object.keys(objectOf(sent))),
      );
      for (const { seen, resource } of sightings) {
        const isOther = resource.id !== undefined && resource.id !== id;
        const lost = isOther ? [{ pointer: '/id', was: id, is: resource.id }] : lostOf(asked, resource, patched);
        if (lost.length === 0) yield kept;
        for (const { pointer, was, is } of lost) {
          const message = `${pointer} was ordered as ${shown(was)}, and ${seen.place} shows ${shown(is)}`;
          const evidence = seen === created ? [seen] : [created, seen];
          yield breach({
            path: `ServiceOrder ${wildcards(pointer)}`,
            valueClass: is === undefined ? 'lost' : 'changed',
            message,
            evidence,
            order: id,
          });
        }
      }
    }
  },
};

interface Lost {
  readonly pointer: string;
  readonly was: unknown;
  readonly is: unknown;
}

function lostOf(asked: JsonObject, shownOrder: JsonObject, patched: ReadonlySet<string>): Lost[] {
  const lost: Lost[] = [];
  const isAt = (value: unknown) => instantIn(value);
  for (const name of keptAttributes) {
    if (asked[name] !== undefined && !patched.has(name) && asked[name] !== shownOrder[name]) {
      lost.push({ pointer: `/${name}`, was: asked[name], is: shownOrder[name] });
    }
  }
  for (const name of keptDates) {
    if (asked[name] !== undefined && !patched.has(name) && isAt(asked[name]) !== isAt(shownOrder[name])) {
      lost.push({ pointer: `/${name}`, was: asked[name], is: shownOrder[name] });
    }
  }
  if (!patched.has('note')) lost.push(...lostElements('/note', asked.note, shownOrder.note, ['author', 'text']));
  if (!patched.has('relatedParty')) {
    lost.push(...lostElements('/relatedParty', asked.relatedParty, shownOrder.relatedParty, ['id', 'role']));
  }
  if (!patched.has('serviceOrderItem')) lost.push(...lostItems(asked, shownOrder));
  return lost;
}

/** Elements that were given and are not there: the provider may add others, and add to each. */
function lostElements(pointer: string, asked: unknown, there: unknown, by: readonly string[]): Lost[] {
  return objectsOf(asked).flatMap((was, place) => {
    const isThere = objectsOf(there).some((each) =>
      by.every((name) => was[name] === undefined || was[name] === each[name]),
    );
    return isThere ? [] : [{ pointer: `${pointer}/${place}`, was, is: undefined }];
  });
}

function lostItems(asked: JsonObject, there: JsonObject): Lost[] {
  const items = new Map(itemsOf(there).map((each) => [each.id, each]));
  const wanted = itemsOf(asked);
  const lost = wanted.flatMap(({ id, item }): Lost[] => {
    const found = items.get(id);
    if (found === undefined) return [{ pointer: '/serviceOrderItem/0', was: item, is: undefined }];
    return lostInItem(item, found.item);
  });
  const known = new Set(wanted.map(({ id }) => id));
  const added = [...items.values()].filter(({ id }) => !known.has(id));
  return [...lost, ...added.map(({ item }) => ({ pointer: '/serviceOrderItem/0', was: 'nothing', is: item }))];
}

function lostInItem(was: JsonObject, is: JsonObject): Lost[] {
  const at = '/serviceOrderItem/0';
  const lost: Lost[] = [];
  if (was.action !== is.action) lost.push({ pointer: `${at}/action`, was: was.action, is: is.action });
  if (was.quantity !== undefined && was.quantity !== is.quantity) {
    lost.push({ pointer: `${at}/quantity`, was: was.quantity, is: is.quantity });
  }
  const [asked, there] = [objectOf(was.service), objectOf(is.service)];
  const [specification, shownSpecification] = [
    objectOf(asked.serviceSpecification),
    objectOf(there.serviceSpecification),
  ];
  if (specification.id !== shownSpecification.id) {
    lost.push({ pointer: `${at}/service/serviceSpecification/id`, was: specification.id, is: shownSpecification.id });
  }
  for (const name of ['name', 'description', 'serviceType']) {
    if (asked[name] !== undefined && asked[name] !== there[name]) {
      lost.push({ pointer: `${at}/service/${name}`, was: asked[name], is: there[name] });
    }
  }
  const given = new Map(objectsOf(there.serviceCharacteristic).map((each) => [each.name, each.value]));
  for (const { name, value } of objectsOf(asked.serviceCharacteristic)) {
    if (!given.has(name) || !sameJson(given.get(name), value)) {
      lost.push({ pointer: `${at}/service/serviceCharacteristic/0/value`, was: value, is: given.get(name) });
    }
  }
  const relations = objectsOf(was.serviceOrderItemRelationship).length;
  if (relations > objectsOf(is.serviceOrderItemRelationship).length) {
    lost.push({
      pointer: `${at}/serviceOrderItemRelationship`,
      was: was.serviceOrderItemRelationship,
      is: is.serviceOrderItemRelationship,
    });
  }
  return lost;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
