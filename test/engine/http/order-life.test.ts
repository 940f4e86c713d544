/** Orders and their tasks over HTTP, as those who decide about them and do them see them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkOf } from '../../../contracts/profile/contract.ts';
import { catalogueOf, policiesOf } from '../../support/orders.ts';
import { type Reply, type ServedEngine, serveEngine } from '../../support/served-engine.ts';

const catalogue = catalogueOf({
  catalogue: 'planned',
  plans: [
    {
      plan: 'by hand',
      tasks: [
        { task: 'survey', takes: 'P1D', requests: 'port' },
        { task: 'build', after: ['survey'] },
      ],
    },
  ],
  requestDefinitions: [{ id: 'port', characteristics: [{ name: 'port', mandatory: true }] }],
  services: [{ id: 'line', type: 'CFS', plan: 'by hand', characteristics: [{ name: 'port' }] }],
});

const policies = policiesOf({ policies: 'p', approval: 'manual', outbound: { rows: [] } });

const serviceOrders = '/tmf-api/serviceOrdering/v4/serviceOrder';
const line = {
  serviceOrderItem: [{ id: '1', action: 'add', service: { serviceSpecification: { id: 'line' } } }],
};

let om: ServedEngine;
beforeAll(async () => {
  om = await serveEngine(policies, { catalogue });
});
afterAll(() => om.close());

async function placed(): Promise<string> {
  return (await om.request('POST', serviceOrders, line)).body.id;
}

const command = (id: string, path: string, body?: object): Promise<Reply> =>
  om.request('POST', `/southbound/v1/order/${id}${path}`, body);

const taskId = (order: Reply['body'], name: string): string =>
  order.tasks.find((task: { name: string }) => task.name === name).id;

describe('the tasks of an order', () => {
  it('are shown, begun, filled and closed, and the order is completed with the last', async () => {
    const id = await placed();
    const { body: order } = await command(id, '/approve');
    expect(checkOf('Southbound', 'own', 'Order')(order)).toEqual([]);
    expect(order.tasks.map(({ name, state, duration }: Reply['body']) => [name, state, duration])).toEqual([
      ['survey', 'open', 'P1D'],
      ['build', 'draft', undefined],
    ]);
    const [survey, build] = [taskId(order, 'survey'), taskId(order, 'build')];
    expect((await command(id, `/task/${survey}/assign`, { assignedTo: 'Ada' })).body.tasks[0].assignedTo).toBe('Ada');
    expect((await command(id, `/task/${survey}/start`)).body.tasks[0].state).toBe('in_progress');
    expect((await command(id, `/task/${survey}/requestInformation`, { note: '?' })).body.tasks[0].state).toBe(
      'awaiting_information',
    );
    expect((await command(id, `/task/${survey}/takeInformation`, { note: '!' })).body.tasks[0].state).toBe(
      'in_progress',
    );
    expect((await command(id, `/task/${survey}/hold`, { note: 'rain' })).body.tasks[0].state).toBe('on_hold');
    expect((await command(id, `/task/${survey}/release`)).body.tasks[0].state).toBe('in_progress');
    const refused = await command(id, `/task/${survey}/close`);
    expect([refused.status, refused.body.message]).toEqual([
      400,
      expect.stringContaining('cannot be closed without port'),
    ]);
    expect(checkOf('Southbound', 'own', 'Error')(refused.body)).toEqual([]);
    const values = { characteristics: [{ name: 'port', value: '1/2' }], note: 'nice house' };
    expect((await command(id, `/task/${survey}/close`, values)).body.tasks[1].state).toBe('open');
    expect((await command(id, `/task/${build}/close`)).body.state).toBe('completed');
  });

  it.each([
    ['/task', {}, 400],
    ['/task', { name: 'x', line: 'none' }, 404],
    ['/task/none/start', undefined, 404],
    ['/task/none/hold', {}, 400],
    ['/task/none/assign', { assignedTo: '' }, 400],
    ['/task/none/close', { characteristics: [{ name: 'port' }] }, 400],
  ])('%s %j is answered %i', async (path, body, status) => {
    const answer = await command(await placed(), path, body);
    expect(answer.status).toBe(status);
    expect(checkOf('Southbound', 'own', 'Error')(answer.body)).toEqual([]);
  });
});

describe('an order as a whole', () => {
  it('is rejected, reopened, submitted again, approved, held and released', async () => {
    const id = await placed();
    const note = { note: 'because' };
    const states: string[] = [];
    for (const [path, body] of [
      ['/reject', note],
      ['/reopen', note],
      ['/submit', undefined],
      ['/approve', undefined],
      ['/requestInformation', note],
      ['/takeInformation', note],
      ['/hold', note],
      ['/release', note],
    ] as const) {
      const { body: order } = await command(id, path, body);
      expect(checkOf('Southbound', 'own', 'Order')(order)).toEqual([]);
      states.push(order.state);
    }
    expect(states).toEqual([
      'rejected',
      'draft',
      'new',
      'in_progress',
      'awaiting_information',
      'in_progress',
      'on_hold',
      'in_progress',
    ]);
  });

  it('says where it stands when something is not possible', async () => {
    const { status, body } = await command(await placed(), '/reopen', { note: 'x' });
    expect([status, body.code]).toEqual([409, '62']);
    expect(body.message).toContain('is new: reopen is not possible');
    expect(body.message).toContain('Possible from new: approve, reject.');
  });
});
