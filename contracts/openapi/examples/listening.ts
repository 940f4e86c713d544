/** The walk, the part on listeners: what a subscriber would not take is kept, told again, or thrown away. */
import type { Example } from './example.ts';
import { serviceOrder } from './operating.ts';

export const listening: readonly Example[] = [
  {
    name: 'unwilling-listener',
    summary: 'Somebody subscribes who will answer 400 to what comes',
    operation: 'TMF641_registerListener',
    body: { callback: 'http://unwilling.example/events' },
    status: 201,
    keep: { unwilling: '/id' },
  },
  serviceOrder('service-ordered-unheard', 'An order that this listener does not hear of', 'unheard'),
  serviceOrder('service-ordered-unheard-too', 'And another one', 'unheardToo'),
  {
    name: 'subscriptions-listed',
    summary: 'Who is told of events, and how far that has come',
    operation: 'Southbound_listSubscription',
    status: 200,
  },
  {
    name: 'dead-letters-listed',
    summary: 'What could not be delivered',
    operation: 'Southbound_listDeadLetter',
    status: 200,
    keep: { letter: '/0/id', otherLetter: '/1/id' },
  },
  {
    name: 'dead-letter-told-again',
    summary: 'It is told once more',
    operation: 'Southbound_redeliverDeadLetter',
    path: { id: '{{letter}}' },
    headers: { 'x-southbound-roles': 'order_admin' },
    status: 202,
  },
  {
    name: 'dead-letter-deleted',
    summary: 'Nobody needs it any more',
    operation: 'Southbound_deleteDeadLetter',
    path: { id: '{{otherLetter}}' },
    headers: { 'x-southbound-roles': 'order_admin' },
    status: 204,
  },
  {
    name: 'unwilling-listener-left',
    summary: 'Nothing is told there any more',
    operation: 'TMF641_unregisterListener',
    path: { id: '{{unwilling}}' },
    status: 204,
  },
];
