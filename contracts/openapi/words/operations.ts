/** What each operation does, in a few words. Where nothing is said, the id has to say it. */
import type { ApiName } from '../../schemas/documents.ts';

export interface OperationWords {
  readonly summary: string;
  readonly description?: string;
}

export function wordsOfOperation(api: ApiName, id: string): OperationWords {
  return operationWords[api]?.[id] ?? { summary: plainTextOf(id) };
}

type Words = { readonly [id: string]: OperationWords };

const hubWords: Words = {
  registerListener: {
    summary: 'Subscribe to events',
    description: 'Events that match the query, or all of them, are sent to the callback, below /listener.',
  },
  unregisterListener: { summary: 'Unsubscribe' },
};

/** Of a listener that takes events of several kinds. */
export const listenerWords: OperationWords = {
  summary: 'Hear an event',
  description:
    'Told by systems that were sent something. One about something of somebody else, or of a kind that says nothing new, is taken and passed over.',
};

const patchOfOrder =
  'By a merge patch, in which items are known by their id and characteristics by their name: what is not listed stays. An added item is left out again by action delete. Or by a JSON patch. A draft is submitted by its requestedInitialState.';

const deletionOfOrder = 'Only while nobody has decided about it; later it is canceled.';

const belonging = 'Not possible: it belongs to an order, and is gone when that is deleted.';

const operationWords: { readonly [api in ApiName]?: Words } = {
  TMF622: {
    ...wordsOfCollection('ProductOrder', 'product order'),
    ...hubWords,
    createProductOrder: {
      summary: 'Order products',
      description:
        'The order is checked against the catalogue and captured. It goes on by itself once it is approved, at once or by a command of its own, as the policies say. With requestedInitialState draft it waits until it is submitted.',
    },
    patchProductOrder: { summary: 'Change a product order', description: patchOfOrder },
    deleteProductOrder: { summary: 'Delete a product order', description: deletionOfOrder },
  },
  TMF622v5: {
    ...wordsOfCollection('ProductOrder', 'product order'),
    createHub: {
      summary: 'Subscribe to events',
      description:
        'Events in the words of v5 that match the query, or all of them, are sent to the callback, below /listener.',
    },
    hubDelete: { summary: 'Unsubscribe' },
    createProductOrder: {
      summary: 'Order products',
      description: 'As through v4.0. With requestedInitialState draft the order waits until it is submitted.',
    },
    patchProductOrder: {
      summary: 'Change a product order',
      description:
        'By a merge patch, in which items are known by their id and characteristics by their name: what is not listed stays. An added item is left out again by action delete. Or by a JSON patch. A draft is submitted by its state, acknowledged.',
    },
    deleteProductOrder: { summary: 'Delete a product order', description: deletionOfOrder },
  },
  TMF641: {
    ...wordsOfCollection('ServiceOrder', 'service order'),
    ...hubWords,
    createServiceOrder: {
      summary: 'Order services',
      description: 'As a product order, but for services of the catalogue.',
    },
    patchServiceOrder: { summary: 'Change a service order', description: patchOfOrder },
    deleteServiceOrder: { summary: 'Delete a service order', description: deletionOfOrder },
  },
  TMF652: {
    ...wordsOfCollection('ResourceOrder', 'resource order'),
    ...hubWords,
    patchResourceOrder: {
      summary: 'Change a resource order',
      description:
        'Of one that was placed, as a patch of a service order. Of one that an order has become, a merge patch or a JSON patch of the values of its characteristics, or of its state, which is completed or cancelled by hand then: all else follows from the order that it belongs to.',
    },
    deleteResourceOrder: {
      summary: 'Delete a resource order',
      description:
        'One that was placed, and only while nobody has decided about it. One that an order has become is gone when that is deleted.',
    },
    createResourceOrder: {
      summary: 'Order resources',
      description:
        'As a service order, but for resources of the catalogue. An id and an address of what is to be added say nothing yet.',
    },
  },
  TMF697: {
    ...wordsOfCollection('WorkOrder', 'work order'),
    ...hubWords,
    patchWorkOrder: {
      summary: 'Say something of a work order anew',
      description:
        'A merge patch or a JSON patch of its state: held and inProgress hold and release the task that it is for, completed and cancelled end it by hand. All else follows from what it is for.',
    },
    deleteWorkOrder: { summary: 'Delete a work order', description: belonging },
    createWorkOrder: {
      summary: 'Place a work order',
      description:
        'For one domain order, or one task of it: order names the customer order, and in the one item relatedEntity with the role fulfills, or orderItem, what it is for. The policies say which work that is. What is said beside it is kept, and the description goes to whoever does it.',
    },
  },
  TMF645: {
    ...wordsOfCollection('CheckServiceQualification', 'check'),
    ...wordsOfCollection('QueryServiceQualification', 'query'),
    ...hubWords,
    createCheckServiceQualification: {
      summary: 'Ask whether services can be had',
      description:
        'Inventory systems are asked. With instantSyncQualification the answer is waited for, comes with 200, and no task is kept of it; otherwise a task is made that will have the answer.',
    },
    createQueryServiceQualification: {
      summary: 'Ask what can be had',
      description: 'As a check, but for whatever fits the search criteria.',
    },
    patchCheckServiceQualification: {
      summary: 'Amend a check',
      description: 'A merge patch of what is said beside the question. The question stays, and so does the answer.',
    },
    patchQueryServiceQualification: {
      summary: 'Amend a query',
      description: 'A merge patch of what is said beside the question. The question stays, and so does the answer.',
    },
    deleteCheckServiceQualification: {
      summary: 'Take a check back',
      description: 'Inventory systems that have reserved something for it are told.',
    },
    deleteQueryServiceQualification: {
      summary: 'Take a query back',
      description: 'Inventory systems that have reserved something for it are told.',
    },
  },
  OutboundResponse: {
    reportOutboundResponse: {
      summary: 'Report how far a dispatch is',
      description:
        'Sets the states of the service orders of one dispatch. externalId is the Request ID that was sent, and the id of an item is that of its service order.',
    },
    reportOutboundResponseElsewhere: {
      summary: 'Report how far a dispatch is, at the other address',
      description: 'The same, at the address that one published sample has.',
    },
  },
  FlowOne: {
    listenToEvent: {
      summary: 'Hear an event',
      description: 'Every kind of event comes here, in one shape. One about an order of somebody else is passed over.',
    },
  },
  ServiceNowInventory: {
    listProduct: {
      summary: 'List what customers have',
      description: 'Page by page. A filter that is not known is refused, and a list of nothing is not found.',
    },
    retrieveProduct: { summary: 'Read one thing that a customer has' },
  },
  ServiceNowQualification: {
    listCheckServiceQualification: {
      summary: 'List orders that ask',
      description: 'Page by page. A filter that is not known is refused, and a list of nothing is not found.',
    },
    createCheckServiceQualification: {
      summary: 'Ask, by an order that only asks',
      description: 'The order is approved, asks inventory systems, and is decided upon; nothing is delivered by it.',
    },
    retrieveCheckServiceQualification: { summary: 'Read an order that asks' },
    processQualificationResult: {
      summary: 'Tell what was found',
      description:
        'The results of one line, all or nothing. The id of an item is that of the service order asked about.',
    },
  },
  Southbound: {
    browseApis: { summary: 'Read this as a page', description: 'The same document for people, with every example.' },
    retrieveOpenApi: { summary: 'Read this document' },
    retrieveOpenApiOfOne: { summary: 'Read the document of one API alone' },
    lookIntoOrder: {
      summary: 'Look into an order',
      description:
        'All that is known of it: lines, domain orders, what went out, what was asked and found, fallouts and notes; and what can be done about each service order now.',
    },
    approveOrder: { summary: 'Approve an order', description: 'It is decomposed, and what has to go out goes out.' },
    createOutboundRequests: {
      summary: 'Send many service orders',
      description: 'Row by row, also of several orders. One that is refused does not keep the others.',
    },
    createOutboundRequest: {
      summary: 'Send a service order',
      description: 'A first time, or again once an earlier dispatch has failed.',
    },
    reviseOutboundRequest: {
      summary: 'Tell the system that has a service order what has changed since',
    },
    updateServiceOrder: {
      summary: 'Change the characteristics of a service order',
      description: 'Where it is outside already, the change can then be sent as a revision.',
    },
    forceCompleteServiceOrder: { summary: 'Complete a service order by hand' },
    cancelServiceOrder: { summary: 'Cancel a service order by hand' },
    resolveFallout: { summary: 'Close a fallout by hand' },
    qualifyOrder: { summary: 'Ask about an order, or about one line of it' },
    acceptProposal: { summary: 'Take what is proposed instead' },
    setQualificationResult: { summary: 'Set a result by hand' },
    decideQualification: { summary: 'Accept or decline what was found' },
    retrieveReport: {
      summary: 'Count what is being provided',
      description:
        'By kind and specification of domain orders: how many are in which state, how long they took, and what went wrong. Of orders to deliver; where times are given, of those that were captured from the one up to the other.',
    },
    retrievePolicies: { summary: 'Read the policies in force' },
    replacePolicies: {
      summary: 'Replace the policies',
      description: 'From the next step on. What is out keeps the terms that it went out with.',
    },
  },
};

function wordsOfCollection(resource: string, name: string): Words {
  const cancellation = `the cancellation of a ${name}`;
  return {
    [`list${resource}`]: {
      summary: `List ${pluralOf(name)}`,
      description: 'Filtered by any attributes, sorted, and page by page; 206 when there is more.',
    },
    [`create${resource}`]: { summary: `Create a ${name}` },
    [`retrieve${resource}`]: { summary: `Read a ${name}` },
    [`patch${resource}`]: { summary: `Change a ${name}`, description: 'By a merge patch.' },
    [`delete${resource}`]: { summary: `Delete a ${name}` },
    [`listCancel${resource}`]: { summary: `List cancellations of ${pluralOf(name)}` },
    [`createCancel${resource}`]: { summary: `Ask for ${cancellation}` },
    [`retrieveCancel${resource}`]: { summary: `Read how far ${cancellation} is` },
  };
}

function pluralOf(name: string): string {
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
}

/** `setPriority` is "Set priority". */
function plainTextOf(id: string): string {
  const words = id.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
