/** What each API is for, in a sentence, and what it is called. */
import type { ApiName } from '../../schemas/documents.ts';

export interface ApiWords {
  readonly title: string;
  /** As published; of our own APIs, the one in their base path. */
  readonly version: string;
  readonly description: string;
}

export const apiWords: { readonly [api in ApiName]: ApiWords } = {
  TMF622: {
    title: 'TMF622 Product Ordering',
    version: '4.0',
    description:
      'Product orders of customers: captured, listed, changed and taken back. Whoever subscribes is told how they go on.',
  },
  TMF622v5: {
    title: 'TMF622 Product Ordering',
    version: '5.0',
    description:
      'The same product orders as through v4.0, in the words of the fifth version: whichever an order came through, both show it.',
  },
  TMF638: {
    title: 'TMF638 Service Inventory',
    version: '4.0',
    description: 'Services that there are, or that are being made.',
  },
  TMF639: {
    title: 'TMF639 Resource Inventory',
    version: '4.0',
    description: 'Resources that there are: ports, numbers, devices.',
  },
  TMF641: {
    title: 'TMF641 Service Ordering',
    version: '4.1',
    description:
      'Service orders: captured, listed, changed and taken back. Systems that were sent service orders tell here, by events, how far they are.',
  },
  TMF645: {
    title: 'TMF645 Service Qualification',
    version: '4.0',
    description:
      'Whether services can be had, asked before there is any order. Inventory systems that were asked tell here, by events, what they have found.',
  },
  TMF652: {
    title: 'TMF652 Resource Ordering',
    version: '4.0',
    description:
      'Resource orders, both those that are placed here and those that other orders have become: listed, read, changed, canceled, listened to. Systems that were sent some tell here, by events, how far they are.',
  },
  TMF697: {
    title: 'TMF697 Work Order',
    version: '4.0',
    description:
      'The work orders that were made for orders: placed, listed, read, listened to, held, and ended by hand. Systems that send people out tell here, by events, how far they are.',
  },
  OutboundResponse: {
    title: 'Outbound response',
    version: '1',
    description: 'How a system without TMF events reports on what it was sent: item by item, by one call.',
  },
  FlowOne: {
    title: 'FlowOne events',
    version: '1',
    description: 'Where systems of the FlowOne dialect tell how far the service orders are that they were sent.',
  },
  ServiceNow: {
    title: 'Service ordering, native dialect',
    version: '1',
    description: 'Service orders in the native words of an order management.',
  },
  ServiceNowInventory: {
    title: 'Product inventory, native dialect',
    version: '1',
    description:
      'What customers have, or are about to have. It is for reading: orders change it, and nothing else does.',
  },
  ServiceNowQualification: {
    title: 'Order qualification, native dialect',
    version: '1',
    description:
      'Orders that only ask whether something can be had, and the call by which an inventory system answers.',
  },
  Southbound: {
    title: 'Southbound',
    version: '1',
    description:
      'What the TMF APIs have no words for: looking into an order, the commands of operators, the policies, and these pages.',
  },
  Mock: {
    title: 'Steering a simulated party',
    version: '1',
    description: 'How a simulated system is steered, and what it has seen.',
  },
};

/** Of all of them together. */
export const wholeWords = {
  title: 'Southbound order management',
  version: '1',
  description:
    'Every API of this order management. Each has types of its own: what looks alike in two of them may differ. Attributes that a type does not name are legal, and are kept. Whatever is refused is answered with an Error that says what is wrong, where (a JSON pointer), what was expected, and what to do. The examples are steps of one walk: each was sent after the ones before it, and got the answer that stands beside it.',
} as const;
