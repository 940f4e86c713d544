/** Every way in which the engine says no: one catalogue, for the core, the API and the documents. */

export interface RefusalKind {
  readonly httpStatus: number;
  /** Application code of a TMF630 error; 62, for a conflict, is ours, since TMF630 names none. */
  readonly tmfCode: string;
  readonly reason: string;
  /** `{name}` stands for a value given with the refusal. */
  readonly text: string;
  readonly remedy: string;
  /** The text is part of a published interface: callers get it as it is, without the remedy behind it. */
  readonly published?: true;
}

export const refusalCatalogue = {
  orderUnknown: {
    httpStatus: 404,
    tmfCode: '60',
    reason: 'Resource not found',
    text: 'Order {order} does not exist',
    remedy: 'List the orders to see which ids exist.',
  },
  lineIdRepeated: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'Item id {item} is given twice',
    remedy: 'Give every item of the order an id of its own.',
  },
  lineParentUnknown: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'Item {item} names a parent {parent} that is not an item of this order',
    remedy: 'Refer to the id of another item of the same order.',
  },
  lineParentCycle: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'Item {item} is its own ancestor',
    remedy: 'Let the parents of the items form a tree.',
  },
  lineTooDeep: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'Item {item} is more than {most} levels deep',
    remedy: 'Order bundles of fewer levels.',
  },
  lineDependencyUnknown: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'Item {item} depends on {other}, which is not an item of this order',
    remedy: 'Refer to the id of another item of the same order.',
  },
  lineDependencyCycle: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'Item {item} depends on itself, so it could never start',
    remedy: 'Take one dependency out of the circle.',
  },
  offeringUnknown: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'Product offering does not exist: {offering}',
    remedy: 'Order one of the offerings of the catalogue: {known}.',
  },
  offeringMissing: {
    httpStatus: 400,
    tmfCode: '23',
    reason: 'Missing body field',
    text: 'Item {item} names neither an offering nor a specification',
    remedy: 'Say what is ordered: productOffering.id, or the id of a specification.',
  },
  specificationUnknown: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: '{kind} specification does not exist: {specification}',
    remedy: 'Order one of the specifications of the catalogue: {known}.',
  },
  inventoryUnknown: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: '{kind} Inventory does not exist: {inventory}',
    remedy: 'Only what was delivered can be changed, suspended, resumed or disconnected.',
  },
  inventoryMissing: {
    httpStatus: 400,
    tmfCode: '23',
    reason: 'Missing body field',
    text: '{kind} inventory ID is missing in item {item}',
    remedy: 'Name the existing {kind} by its id for every action but add.',
  },
  quantityOutOfRange: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'Item {item} has quantity {quantity}',
    remedy: 'Give a whole number from 1 to {most}.',
  },
  orderTooLarge: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'The order would become more than {most} domain orders',
    remedy: 'Order less at a time.',
  },
  notInThisState: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the state of the resource',
    text: 'Order {order} is {state}: {event} is not possible',
    remedy: 'Possible from {state}: {possible}.',
  },
  serviceOrderUnknown: {
    httpStatus: 404,
    tmfCode: '60',
    reason: 'Resource not found',
    text: 'Order {order} has no service order {serviceOrder}',
    remedy: 'Look into the order to see its domain orders; only those of kind service go outside.',
  },
  falloutUnknown: {
    httpStatus: 404,
    tmfCode: '60',
    reason: 'Resource not found',
    text: 'Order {order} has no fallout {fallout}',
    remedy: 'Look into the order to see its fallouts, and name one by its id.',
  },
  roleMissing: {
    httpStatus: 403,
    tmfCode: '41',
    reason: 'Forbidden',
    text: '{command} needs one of the roles {roles}',
    remedy: 'Send one of them in X-Southbound-Roles, or name it with --as.',
  },
  actionNotPossible: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the state of the resource',
    text: '{action} is not possible for {serviceOrder}: {why}',
    remedy: 'Possible now: {possible}.',
  },
  policyMatchesNot: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the configuration',
    text: 'No row of the Service Order Outbound Policy matches {serviceOrder}; nothing was sent',
    remedy: 'Add a row for it, or a default: {why}.',
  },
  outboundDisabled: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the configuration',
    text: 'The Service Order Outbound Policy keeps {serviceOrder} inside (row {row})',
    remedy: 'Set outboundEnabled in that row, or put another before it.',
  },
  requestTypeUnknown: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the configuration',
    text: 'There is no request type "{requestType}"',
    remedy: 'Name one of: {known}.',
  },
  requestInputMissing: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the configuration',
    text: 'Request type "{requestType}" needs the input {input}, and nothing fills it',
    remedy: 'Give it in the inputs of the policy row, or name the column it comes from.',
  },
  requestDefinitionMissing: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the configuration',
    text: 'No definition of request type "{requestType}" matches: {why}',
    remedy: 'Add a definition whose condition holds, or one without a condition and a high order.',
  },
  adapterUnknown: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the configuration',
    text: 'Definition "{definition}" names the adapter "{adapter}", which there is not',
    remedy: 'Name one of: {known}.',
  },
  adapterInactive: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the configuration',
    text: 'Definition "{definition}" names the adapter "{adapter}", which is not active',
    remedy: 'Activate it, or let another definition match first.',
  },
  noteMissing: {
    httpStatus: 400,
    tmfCode: '23',
    reason: 'Missing body field',
    text: '{command} needs a note that says why',
    remedy: 'Say in `note` what was found and done; it goes into the work notes.',
  },
  characteristicUnknown: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'Specification {specification} has no characteristic {name}',
    remedy: 'It has: {known}.',
  },
  characteristicValueInvalid: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: '{name} cannot be {value}',
    remedy: 'Choose one of: {options}.',
  },
  externalIdMissing: {
    httpStatus: 400,
    tmfCode: '23',
    reason: 'Missing body field',
    text: 'Invalid payload: externalId is missing',
    remedy: 'externalId is the Request ID, as it was sent in externalId of the outbound request.',
    published: true,
  },
  itemsMissing: {
    httpStatus: 400,
    tmfCode: '23',
    reason: 'Missing body field',
    text: 'Invalid payload: serviceOrderItem is missing',
    remedy: 'Say in serviceOrderItem which items it is about, each with id and state.',
  },
  itemStateMissing: {
    httpStatus: 400,
    tmfCode: '23',
    reason: 'Missing body field',
    text: 'Invalid payload: serviceOrderItem state is missing',
    remedy: 'Report pending, fulfilled or error for each item.',
    published: true,
  },
  requestIdUnknown: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'Invalid external id. Please pass the correct external id',
    remedy: 'externalId is the Request ID, as it was sent in externalId of the outbound request.',
    published: true,
  },
  domainOrderUnknown: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'Invalid domain order id. Please pass the correct domain order id',
    remedy: 'The id of an item is the one it had in the outbound request.',
    published: true,
  },
  domainOrderNotOfRequest: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'Domain order id passed is not associated with external id',
    remedy: 'Report each service order under the Request ID it was sent with.',
    published: true,
  },
  fulfillmentStateInvalid: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'Invalid fulfilment state: Please provide correct fulfilment state',
    remedy: 'Report pending, fulfilled or error; what is fulfilled can only be reported fulfilled again.',
    published: true,
  },
} as const satisfies { readonly [code: string]: RefusalKind };

export type RefusalCode = keyof typeof refusalCatalogue;

export interface Refusal {
  readonly code: RefusalCode;
  readonly values: { readonly [name: string]: string };
  /** JSON pointer into the message that is refused. */
  readonly pointer?: string;
}

export function refusal(code: RefusalCode, values: Refusal['values'] = {}, pointer?: string): Refusal {
  return pointer === undefined ? { code, values } : { code, values, pointer };
}

/** The refusal's text, with its values filled in. */
export function refusalText({ code, values }: Refusal): string {
  return filled(refusalCatalogue[code].text, values);
}

/** What to do about it, with its values filled in. */
export function refusalRemedy({ code, values }: Refusal): string {
  return filled(refusalCatalogue[code].remedy, values);
}

function filled(template: string, values: Refusal['values']): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, name) =>
    Object.hasOwn(values, name) ? (values[name] ?? '') : whole,
  );
}
