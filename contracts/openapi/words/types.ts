/** What a type is, where its schema does not say so. Types of the same name are alike enough in every API to share a sentence. */

export function wordsOfType(definition: string): string | undefined {
  return typeWords[definition] ?? wordsOfForm(definition);
}

/** What the name says by how it ends. */
function wordsOfForm(definition: string): string | undefined {
  for (const { ending, words } of forms) {
    if (definition.endsWith(ending)) return words(phraseOf(definition.slice(0, -ending.length)));
  }
  return undefined;
}

const forms: readonly { readonly ending: string; readonly words: (stem: string) => string }[] = [
  {
    ending: '_Create',
    words: (stem) => `${capital(stem)} as it is asked for: what whoever answers decides is not in it.`,
  },
  { ending: '_Update', words: (stem) => `What of ${stem} can be changed.` },
  { ending: 'CreateEvent', words: (stem) => `${capital(stem)} is new.` },
  { ending: 'AttributeValueChangeEvent', words: (stem) => `Attributes of ${stem} have changed.` },
  { ending: 'StateChangeEvent', words: (stem) => `${capital(stem)} has another state.` },
  { ending: 'DeleteEvent', words: (stem) => `${capital(stem)} is no more.` },
  {
    ending: 'InformationRequiredEvent',
    words: (stem) => `${capital(stem)} cannot go on before something more is known.`,
  },
  { ending: 'MilestoneEvent', words: (stem) => `${capital(stem)} has come to a milestone.` },
  { ending: 'JeopardyEvent', words: (stem) => `${capital(stem)} may be late.` },
  { ending: 'EventPayload', words: () => 'What the event is about, as it is now.' },
  { ending: 'ItemRef', words: (stem) => `Names an item of ${stem}.` },
  { ending: 'RefOrValue', words: (stem) => `${capital(stem)}: named by its id, or described here.` },
  { ending: 'Ref', words: (stem) => `Names ${stem}, and where it is found.` },
  { ending: 'ItemRelationship', words: (stem) => `How an item of ${stem} stands to another.` },
  { ending: 'Relationship', words: (stem) => `How ${stem} stands to another.` },
  { ending: 'ItemStateType', words: (stem) => `How far an item of ${stem} is.` },
  { ending: 'StateType', words: (stem) => `How far ${stem} is.` },
  { ending: 'ItemErrorMessage', words: (stem) => `Why an item of ${stem} went wrong.` },
  { ending: 'ErrorMessage', words: (stem) => `Why ${stem} went wrong.` },
  { ending: 'Price', words: (stem) => `What ${stem} costs.` },
  { ending: 'Term', words: (stem) => `What ${stem} binds to, and for how long.` },
];

/** `ProductOrder` is "a product order". */
function phraseOf(name: string): string {
  const canceled = name.replace(/^Cancel/, '');
  if (canceled !== name) return `the cancellation of ${phraseOf(canceled)}`;
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
}

function capital(phrase: string): string {
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}`;
}

const typeWords: { readonly [definition: string]: string } = {
  AlternateService: 'A service that could be had instead.',
  AlternateServiceProposal: 'What could be had instead, and from when.',
  Any: 'Any value.',
  CancelServiceOrder: 'The task of canceling a service order.',
  Characteristic: 'A value that a product or a service is ordered or found with.',
  CheckServiceQualification: 'A question whether certain services can be had, and the answer.',
  CheckServiceQualificationItem: 'One service asked about, and whether it can be had.',
  DomainOrder: 'What a line is decomposed into: a product, service or resource order, or a work order for one.',
  Error: 'What is wrong, where, what was expected, and what to do.',
  ErrorDetail: 'One place in the request, and what is wrong with it.',
  ErrorMessage: 'Why something went wrong.',
  EventSubscription: 'A listener, as it is registered.',
  EventSubscriptionInput: 'A listener that wants to be told.',
  ExternalReference: 'What the same thing is called elsewhere.',
  Fallout: 'Something outside has failed: open until somebody has looked after it.',
  Job: 'What a work order is about.',
  Line: 'One thing that was ordered.',
  Money: 'An amount in a currency.',
  Note: 'A remark, by whom and when.',
  Order: 'A customer order with everything that has come of it.',
  OrderItemActionType: 'What is to be done: add, modify, delete, or nothing.',
  OutboundRequest: 'The record of one service order that went out.',
  OutboundRequestOutcomes: 'What became of each row.',
  OutboundResponse: 'How far the service orders of one dispatch are.',
  OutboundResponseEcho: 'What was taken.',
  OutboundResponseItem: 'How far one service order is.',
  Place: 'Where it is, or is to be.',
  PoliciesInForce: 'The policies that hold from the next step on.',
  Price: 'An amount, with and without tax.',
  PriceAlteration: 'What makes a price lower or higher.',
  ProcessResultItem: 'What was found of one service order.',
  ProductOrder: 'What a customer ordered, and how far it is.',
  ProductOrderItem: 'One product that was ordered, and how far it is.',
  ProposalAccepted: 'Which proposal is taken.',
  QualificationDecision: 'Whether what was found is accepted.',
  QualificationResultSet: 'A result, set by hand.',
  Qualify: 'What to ask about.',
  Quantity: 'An amount in a unit.',
  QueryServiceQualification: 'A question which services can be had, and the answer.',
  RelatedChannel: 'The way by which the order came.',
  RelatedParty: 'Somebody, and the part they have in it.',
  RelatedPlaceRefOrValue: 'A place, and what happens there.',
  RelatedProductOrderItem: 'The item of an order that this came of.',
  RelatedServiceOrderItem: 'The item of an order that this came of.',
  Row: 'One service order of one order.',
  RowOutcome: 'What became of one row, and why.',
  Service: 'The service asked about.',
  ServiceEligibilityUnavailabilityReason: 'Why it cannot be had as asked for.',
  ServiceOrder: 'Services that were ordered, and how far they are.',
  ServiceOrderInEvent: 'The service order that an event is about.',
  ServiceOrderItem: 'One service that was ordered, and how far it is.',
  ServiceOrderJeopardyAlert: 'Why a service order may be late.',
  ServiceOrderMilestone: 'A point that a service order has come to, or will.',
  ServiceOrderUpdate: 'Characteristics that are to be different.',
  ServiceQualificationItem: 'One service that is asked about.',
  ServiceSpecification: 'What kind of service it is.',
  TargetProductSchema: 'Where the attributes of a product of that kind are described.',
  TaskStateType: 'How far the answer is.',
  TerminationError: 'Why the question has no answer.',
  TimePeriod: 'From when, and until when.',
  UnavailabilityReason: 'Why it cannot be had as asked for.',
  WorkOrderWanted: 'What somebody is to be sent out for.',
  WorkNote: 'What has happened, in a sentence.',
};
