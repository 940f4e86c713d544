/** The walk, part of those who provide resources: what they tell. */
import type { Example } from './example.ts';

function event(state: string): object {
  return {
    eventId: `evt-resource-${state}`,
    eventTime: '2026-01-05T10:00:00Z',
    eventType: 'ResourceOrderStateChangeEvent',
    event: {
      resourceOrder: {
        id: 'rom-1',
        externalId: 'of-somebody-else',
        state,
        orderItem: [{ id: '1', action: 'add', state, resourceSpecification: { id: 'access-port' } }],
      },
    },
  };
}

export const providing: readonly Example[] = [
  {
    name: 'resources-in-progress',
    summary: 'A system that provides resources tells of an order, of somebody else in this case',
    operation: 'TMF652_hearEvent',
    path: { event: 'resourceOrderStateChangeEvent' },
    body: event('inProgress'),
    status: 201,
  },
  {
    name: 'resources-provided',
    summary: 'It is done, told without naming the event in the path',
    operation: 'TMF652_hearAnyEvent',
    body: event('completed'),
    status: 201,
  },
];
