/** Every command of `southbound order` as a request, and the life of an order that is built by hand. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandGroups, commandNamed } from '../../cli/order/commands.ts';
import { contractOf } from '../../contracts/profile/contract.ts';
import type { Order } from '../../contracts/schemas/southbound-api.generated.ts';
import { type Ended, southbound } from '../support/command.ts';
import { catalogueOf, policiesOf } from '../support/orders.ts';
import { type ServedEngine, serveEngine } from '../support/served-engine.ts';

const catalogue = catalogueOf({
  catalogue: 'built',
  plans: [
    {
      plan: 'by hand',
      tasks: [
        { task: 'survey', requests: 'survey' },
        { task: 'dig', after: ['survey'] },
      ],
    },
  ],
  requestDefinitions: [{ id: 'survey', characteristics: [{ name: 'floor', mandatory: true }] }],
  services: [
    { id: 'line', type: 'CFS', plan: 'by hand', characteristics: [{ name: 'floor' }, { name: 'door' }] },
    { id: 'wire', type: 'CFS', plan: 'by hand', characteristics: [{ name: 'floor' }] },
  ],
});
const policies = policiesOf({
  policies: 'somebody approves',
  approval: 'manual',
  revision: { approval: 'manual' },
  cancellation: { approval: 'manual' },
  outbound: { rows: [], default: { outboundEnabled: false } },
});

let om: ServedEngine;
let id: string;
beforeAll(async () => {
  om = await serveEngine(policies, { catalogue });
  const item = (name: string, specification: string) => ({
    id: name,
    action: 'add',
    service: { serviceSpecification: { id: specification } },
  });
  const serviceOrderItem = [item('one', 'line'), item('two', 'wire')];
  id = (await om.request('POST', '/tmf-api/serviceOrdering/v4/serviceOrder', { serviceOrderItem })).body.id;
});
afterAll(() => om.close());

const view = async (): Promise<Order> => (await om.request('GET', `/southbound/v1/order/${id}`)).body;
const order = (...args: string[]): Promise<Ended> => southbound(['order', id, ...args, '--url', om.url]);

describe('southbound order, of an order that is built by hand', () => {
  it('leads it from its approval to a change that waits, and tells what does', async () => {
    await order('approve');
    const assigned = await order('assign-task', 'TASK0000001', 'Ada');
    expect(assigned.out).toContain('TASK0000001  survey: open, Ada\n');
    const open = await order('close-task', 'TASK0000001');
    expect([open.code, open.error]).toEqual([2, expect.stringContaining('floor')]);
    const closed = await order('close-task', 'TASK0000001', 'floor=3');
    expect([closed.code, closed.out]).toEqual([0, expect.not.stringContaining('TASK0000001')]);
    const changed = await order('revise-order', 'line', 'door=left', '--note', 'The other one is a wall');
    expect(changed.out).toContain('  a change waits for decide-revision: The other one is a wall\n');
    expect((await order('decide-revision', 'approve')).out).toMatch(/^ORD0000001 {2}in_progress\n/);
    const canceled = await order('cancel-order', 'wire', '--note', 'One is enough');
    expect(canceled.out).toContain('  a cancellation waits for decide-cancellation: One is enough\n');
    const { lines } = await view();
    expect(lines.map(({ specification, state }) => [specification, state])).toContainEqual([
      'wire',
      'assessing_cancellation',
    ]);
  });

  it.each([
    [['start-task'], 'Name a task. There are: TASK0000001 (survey, closed_complete), TASK0000002 (dig, open)'],
    [['start-task', 'paint'], 'ORD0000001 has no task "paint". There are: TASK0000001'],
    [['revise-order', 'paint'], 'ORD0000001 has no line "paint". There are: ORDL0000001 (line)'],
    [['mend-fallout', 'FO0000001'], 'ORD0000001 has no fallout FO0000001. There are: none'],
    [['hold'], 'does not match its schema at /note'],
  ])('%j: says what is wrong', async (args, message) => {
    const { code, error } = await order(...args);
    expect([code, error]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe('every command', () => {
  const names = commandGroups.flatMap(({ commands }) => Object.keys(commands));
  /** What it is about, where it needs to be told; of those of services and fallouts that this order has none of. */
  const about: { readonly [name: string]: readonly string[] } = {
    'decide-revision': ['approve'],
    'decide-cancellation': ['approve'],
    decide: ['accept'],
    'create-task': ['look'],
    'assign-task': ['survey', 'Ada'],
    'reschedule-task': ['survey', 'expectedEnd=2026-02-01T10:00:00Z'],
    'close-task': ['survey', 'floor=1'],
    update: ['line', 'floor=1'],
    'set-result': ['line', 'qualified'],
    'revise-order': ['one'],
    'send-out': ['SO0000001'],
  };

  it.each(names.filter((name) => name !== 'create'))(
    '%s is a request that the order management serves',
    async (name) => {
      const command = commandNamed(name);
      if (!('asks' in command)) throw new Error(`${name} makes no request of its own`);
      const order = await view();
      const [first] = order.domainOrders;
      const fallout = { id: 'f1', number: 'FO0000001', state: 'open', cause: 'data', description: 'x', holds: [] };
      const qualification = { result: 'alternate', reasons: [], proposals: [{ number: 'AP0000001' }] };
      const filled = {
        ...order,
        fallouts: [fallout],
        domainOrders: [{ ...first, qualification }, ...order.domainOrders.slice(1)],
      } as unknown as Order; // as far as a command looks into it
      const isOfTask = name.includes('-task');
      const isOfFallout = name.includes('fallout') || name === 'resolve';
      const usual = isOfTask ? ['survey'] : isOfFallout ? ['FO0000001'] : ['line'];
      const words = name === 'create-fallout' ? ['survey'] : (about[name] ?? usual);
      const { method = 'POST', path } = command.asks(filled, { about: words, note: 'because' });
      expect(contractOf(method, `/southbound/v1/order/${id}${path}`)?.api).toBe('Southbound');
    },
  );

  it('is found by its name alone', () => {
    expect(() => commandNamed('constructor')).toThrow('There is no command "constructor". There are: show, submit');
    expect(new Set(names).size).toBe(names.length);
  });
});
