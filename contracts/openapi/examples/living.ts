/** The walk, third part: what is decided about an order as a whole, its own tasks, and the life of a fallout. */
import type { Example } from './example.ts';
import { approved, failed, serviceOrder } from './operating.ts';

const agent = { headers: { 'x-southbound-roles': 'service_order_agent' } };
const manager = { headers: { 'x-southbound-roles': 'service_order_manager' } };

function about(name: string, summary: string, operation: string, body?: object): Example {
  return {
    name,
    summary,
    operation: `Southbound_${operation}`,
    path: {
      id: '{{living}}',
      ...(/Task/.test(operation) && operation !== 'createHeaderTask' ? { task: '{{livingTask}}' } : {}),
      ...(/Fallout/.test(operation) ? { fallout: '{{livingFallout}}' } : {}),
    },
    ...agent,
    ...(body === undefined ? {} : { body }),
    status: 200,
  };
}

const noted = (name: string, summary: string, operation: string, note: string) =>
  about(name, summary, operation, { note });

const decided: readonly Example[] = [
  serviceOrder('order-to-decide-about', 'An order that somebody decides about', 'living'),
  { ...noted('order-rejected', 'It is rejected', 'rejectOrder', 'the customer owes us'), ...manager },
  noted('order-reopened', 'It is reopened', 'reopenOrder', 'paid'),
  about('order-submitted', 'It is submitted again', 'submitOrder'),
  approved('order-approved-after-all', 'living'),
  {
    ...about('priority-set', 'It is urgent', 'setPriority', { about: '{{livingService}}', level: 'high' }),
    ...manager,
  },
  { ...about('priority-recalculated', 'The policies are asked how urgent it is', 'recalculatePriority'), ...manager },
  noted('order-held', 'It is held', 'holdOrder', 'the customer moves'),
  noted('order-released', 'It goes on', 'releaseOrder', 'he stays'),
  noted('information-missing', 'Information is missing', 'requestInformation', 'which floor?'),
  noted('information-received', 'It is there', 'takeInformation', 'the third'),
];

const tasks: readonly Example[] = [
  {
    ...about('header-task', 'A task of the order itself', 'createHeaderTask', { name: 'Call the customer' }),
    headers: { 'x-southbound-roles': 'order_agent' },
    keep: { livingTask: '/tasks/0/id' },
  },
  about('task-assigned', 'It is somebody’s', 'assignTask', { assignedTo: 'Ada' }),
  {
    ...about('task-not-planned', 'Nobody watches whether it is late', 'rescheduleTask', {
      expectedEnd: '2026-01-06T12:00:00Z',
    }),
    status: 409,
  },
  about('task-started', 'She begins', 'startTask'),
  noted('task-waits', 'She needs to know more', 'requestTaskInformation', 'which number?'),
  noted('task-informed', 'She knows it', 'takeTaskInformation', '555-0100'),
  noted('task-held', 'She puts it aside', 'holdTask', 'nobody answers'),
  about('task-released', 'She goes on', 'releaseTask'),
  {
    ...about('no-fallout-of-a-call', 'Fallouts are about what is delivered', 'createFallout', {
      type: 'Provisioning Failure',
      description: 'He has moved',
    }),
    path: { id: '{{living}}', task: '{{livingTask}}' },
    status: 409,
  },
  about('task-closed', 'She has done it', 'closeTask', { note: 'told him' }),
  {
    ...about('work-order-wanted', 'No policy says who is sent out', 'createWorkOrder', { about: '{{livingService}}' }),
    ...manager,
    status: 409,
  },
];

const fallouts: readonly Example[] = [
  failed('order-failed', 'living'),
  {
    ...about('fallout-looked-at', 'There is a fallout', 'lookIntoOrder'),
    headers: {},
    keep: { livingFallout: '/fallouts/0/id' },
  },
  about('fallout-assigned', 'It is taken up', 'assignFallout', { assignedTo: 'Ada' }),
  noted('fallout-waits', 'Something has to be known', 'requestFalloutInformation', 'which port?'),
  noted('fallout-informed', 'It is known', 'takeFalloutInformation', '1/2'),
  noted('fallout-held', 'It has to wait', 'holdFallout', 'no spare part'),
  noted('fallout-released', 'It goes on', 'releaseFallout', 'it has come'),
  noted('fallout-mended', 'It is mended', 'mendFallout', 'replaced'),
  noted('fallout-reopened', 'It was not', 'reopenFallout', 'still dark'),
  noted('fallout-mended-again', 'Now it is', 'mendFallout', 'the fuse, too'),
  noted('fallout-verified', 'Somebody has looked', 'verifyFallout', 'it works'),
];

const others: readonly Example[] = [
  serviceOrder('order-to-retry', 'Another order', 'retried'),
  approved('order-to-retry-approved', 'retried'),
  failed('order-to-retry-failed', 'retried'),
  {
    ...about('second-fallout', 'There is a fallout', 'lookIntoOrder'),
    path: { id: '{{retried}}' },
    headers: {},
    keep: { retriedFallout: '/fallouts/0/id' },
  },
  {
    ...about('fallout-retried', 'It is sent again', 'retryFallout'),
    path: { id: '{{retried}}', fallout: '{{retriedFallout}}' },
  },
  serviceOrder('order-in-doubt', 'A third order', 'doubted'),
  approved('order-in-doubt-approved', 'doubted'),
  failed('order-in-doubt-failed', 'doubted'),
  {
    ...about('third-fallout', 'There is a fallout', 'lookIntoOrder'),
    path: { id: '{{doubted}}' },
    headers: {},
    keep: { doubtedFallout: '/fallouts/0/id' },
  },
  {
    ...noted('fallout-canceled', 'It was none', 'cancelFallout', 'a wrong report'),
    path: { id: '{{doubted}}', fallout: '{{doubtedFallout}}' },
    headers: { 'x-southbound-roles': 'order_admin' },
  },
];

export const living: readonly Example[] = [...decided, ...tasks, ...fallouts, ...others];
