/** Cancellations over HTTP, as operators request them and decide about them, and as a SOM on a port is told. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkOf } from '../../../contracts/profile/contract.ts';
import { policiesOf } from '../../support/orders.ts';
import { type Reply, type ServedEngine, serveEngine } from '../../support/served-engine.ts';

const policies = policiesOf({
  policies: 'p',
  approval: 'manual',
  outbound: { rows: [{ name: 'all', then: { outboundEnabled: true, hierarchical: true, targetSystem: 'som' } }] },
});

const serviceOrders = '/tmf-api/serviceOrdering/v4/serviceOrder';
const order = {
  serviceOrderItem: ['1', '2'].map((id) => ({
    id,
    action: 'add',
    service: { serviceSpecification: { id: 'ip-connectivity' } },
  })),
};

let om: ServedEngine;
beforeAll(async () => {
  om = await serveEngine(policies);
});
afterAll(() => om.close());

const command = (id: string, path: string, body?: object): Promise<Reply> =>
  om.request('POST', `/southbound/v1/order/${id}${path}`, body);

async function approved(): Promise<Reply['body']> {
  const { body } = await om.request('POST', serviceOrders, order);
  const { body: shown } = await command(body.id, '/approve');
  return shown;
}

describe('a cancellation', () => {
  it('is requested for a day, for a line or for all of it, and shown with the order', async () => {
    const { id, lines } = await approved();
    const day = '2126-01-01T00:00:00.000Z';
    const { body: later } = await command(id, '/cancel', { note: 'moving out', at: day });
    expect(later).toMatchObject({
      state: 'in_progress',
      version: 1,
      cancellations: [{ state: 'scheduled', dueAt: day }],
    });
    const { status, body } = await command(id, '/cancel', { note: 'too dear', line: lines[0].id });
    expect(status).toBe(200);
    expect(checkOf('Southbound', 'own', 'Order')(body)).toEqual([]);
    expect(body).toMatchObject({
      state: 'in_progress',
      version: 2,
      revisionOperation: 'Cancel',
      lines: [{ state: 'assessing_cancellation', revisionOperation: 'Cancel' }, { state: 'in_progress' }],
      cancellations: [{ id: `${id}-1` }, { id: `${id}-2`, state: 'assessing', note: 'too dear', line: lines[0].id }],
    });
    const { body: declined } = await command(id, '/decideCancellation', { decision: 'decline', note: 'stay' });
    expect(declined.lines.map(({ state }: Reply['body']) => state)).toEqual(['in_progress', 'in_progress']);
    expect(declined.cancellations[1]).toMatchObject({ state: 'declined', answer: 'stay' });
  });

  it('is refused in the words of a TMF error', async () => {
    const { body: captured } = await om.request('POST', serviceOrders, order);
    const answers = [
      await command(captured.id, '/cancel', { note: 'no' }),
      await command(captured.id, '/cancel', {}),
      await command(captured.id, '/cancel', { note: 'no', at: 'tomorrow' }),
      await command('nobody', '/cancel', { note: 'no' }),
      await command(captured.id, '/decideCancellation', { decision: 'perhaps' }),
      await command(captured.id, '/decideCancellation', { decision: 'approve' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([409, 400, 400, 404, 400, 409]);
    for (const { body } of answers) expect(checkOf('Southbound', 'own', 'Error')(body)).toEqual([]);
    expect(answers[0]?.body.message).toContain('deleted rather than canceled');
  });

  it('after the point of no return is refused', async () => {
    const { id, lines } = await approved();
    const { body } = await command(id, '/pointOfNoReturn', { line: lines[1].id });
    expect(body).toMatchObject({
      pointOfNoReturn: true,
      lines: [{ pointOfNoReturn: true }, { pointOfNoReturn: true }],
    });
    expect(checkOf('Southbound', 'own', 'Order')(body)).toEqual([]);
    expect((await command(id, '/cancel', { note: 'no' })).status).toBe(409);
    expect((await command(id, '/pointOfNoReturn')).status).toBe(200);
  });
});
