/** The walk, the part on changes in flight: requested, replaced by a better one, approved and declined. */
import type { Example } from './example.ts';
import { approved, serviceOrder } from './operating.ts';

const agent = { headers: { 'x-southbound-roles': 'service_order_agent' } };
const manager = { headers: { 'x-southbound-roles': 'service_order_manager' } };

function revised(name: string, summary: string, speed: string): Example {
  return {
    name,
    summary,
    operation: 'Southbound_reviseOrder',
    path: { id: '{{changing}}' },
    ...agent,
    body: {
      note: 'the customer has called',
      items: [{ item: '1', characteristics: [{ name: 'downstreamSpeed', value: speed }] }],
    },
    status: 200,
  };
}

function decided(name: string, summary: string, decision: 'approve' | 'decline'): Example {
  return {
    name,
    summary,
    operation: 'Southbound_decideRevision',
    path: { id: '{{changing}}' },
    ...manager,
    body: { decision },
    status: 200,
  };
}

export const revising: readonly Example[] = [
  serviceOrder('service-ordered-to-change', 'A service of which something else will be wanted', 'changing'),
  approved('service-order-to-change-approved', 'changing'),
  revised('revision-requested', 'The customer wants it faster', '1 Gbps'),
  revised('revision-replaced', 'Not that fast: this takes the place of what was requested', '500 Mbps'),
  decided(
    'revision-approved',
    'It is decomposed anew; the system that has it is told once somebody says so',
    'approve',
  ),
  revised('revision-requested-again', 'As it was', '100 Mbps'),
  decided('revision-declined', 'It stays as it is', 'decline'),
];
