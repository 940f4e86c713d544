/** What operators do with orders that ask, over the API. */
import { describe, expect, it } from 'vitest';
import { nativeQualificationBase } from '../../../../engine/index.ts';
import { answering, askingPolicies, brokenReply, openAskingEngine } from '../../../support/asking-engine.ts';

const byHand = { ...askingPolicies, qualification: { ...askingPolicies.qualification, start: 'manual' } } as const;

/** An approved order that asks for internet and voice. */
async function approved() {
  const opened = await openAskingEngine({
    policies: byHand,
    inventory: answering((specification) =>
      specification === 'internet'
        ? {
            qualificationResult: 'alternate',
            alternateServiceProposal: [
              {
                alternateService: {
                  serviceSpecification: { id: 'radio-internet' },
                  serviceCharacteristic: [{ name: 'speed', value: 50 }],
                },
                alternateServiceAvailabilityDate: '2026-03-01T00:00:00Z',
              },
            ],
            expirationDate: '2026-01-06T08:00:00Z',
            expectedServiceAvailabilityDate: '2026-02-01T00:00:00Z',
          }
        : {},
    ),
  });
  const place = [{ id: 'site-1' }];
  const { body } = await opened.send('POST', `${nativeQualificationBase}/checkServiceQualification`, {
    relatedParty: [{ id: 'cust-1' }],
    serviceQualificationItem: ['internet', 'voice'].map((id) => ({
      id,
      service: { place, serviceSpecification: { id } },
    })),
  });
  const path = `/southbound/v1/order/${body.id}`;
  const command = async (below: string, said?: object, headers = {}) => {
    const reply = await opened.send('POST', `${path}${below}`, said, { headers });
    expect(brokenReply('POST', `${path}${below}`, reply)).toEqual([]);
    return reply;
  };
  const look = async () => (await opened.send('GET', path)).body;
  return { ...opened, path, command, look };
}

interface Line {
  readonly id: string;
  readonly item: string;
  readonly state: string;
  readonly qualificationResult?: string;
}

const resultsIn = ({ lines }: { lines: Line[] }) =>
  lines.map(({ item, qualificationResult }) => [item, qualificationResult]);

describe('an operator', () => {
  it('asks about every line at the top, or about one', async () => {
    const { command, look } = await approved();
    const [, voice] = (await look()).lines;
    await command('/qualify', { line: voice.id });
    expect(resultsIn(await look())).toEqual([
      ['internet', undefined],
      ['voice', 'qualified'],
    ]);
    await command('/qualify');
    expect(resultsIn(await look())).toEqual([
      ['internet', 'alternate'],
      ['voice', 'qualified'],
    ]);
  });

  it('sees what was asked and found, with instants as text', async () => {
    const { command, look, send, path } = await approved();
    await command('/qualify', {});
    const order = await look();
    expect(brokenReply('GET', path, await send('GET', path))).toEqual([]);
    expect(order).toMatchObject({ fulfillmentType: 'Qualify', qualificationResult: 'alternate', state: 'in_progress' });
    expect(order.qualificationRequests[0]).toEqual({
      id: expect.any(String),
      state: 'answered',
      line: order.lines[0].id,
      serviceOrders: order.domainOrders.slice(0, 2).map(({ id }: Line) => id),
      requestType: 'Order Qualification Request',
      definition: 'inventory',
      target: 'inventory',
      externalId: 'check-1',
      httpStatus: 201,
      sentAt: '2026-01-05T08:00:00.000Z',
      answeredAt: '2026-01-05T08:00:00.000Z',
    });
    expect(order.domainOrders[0].qualification).toEqual({
      result: 'alternate',
      reasons: [],
      proposals: [
        {
          number: 'AP0000001',
          specification: 'radio-internet',
          characteristics: [{ name: 'speed', value: 50 }],
          availableAt: '2026-03-01T00:00:00.000Z',
        },
      ],
      availableAt: '2026-02-01T00:00:00.000Z',
      expiresAt: '2026-01-06T08:00:00.000Z',
    });
  });

  it('takes a proposal, and the question is asked anew about that', async () => {
    const { command, look, atInventory } = await approved();
    await command('/qualify');
    const [serviceOrder] = (await look()).domainOrders;
    const { body } = await command(`/serviceOrder/${serviceOrder.id}/acceptProposal`, { proposal: 'AP0000001' });
    expect(body.lines[0]).toMatchObject({ specification: 'radio-internet' });
    expect(resultsIn(await look())).toEqual([
      ['internet', 'qualified'],
      ['voice', 'qualified'],
    ]);
    expect(atInventory.map(({ method }) => method)).toEqual(['POST', 'POST', 'DELETE', 'POST']);
  });

  it('sets a result by hand, and decides', async () => {
    const { command, look } = await approved();
    const [internet, voice] = (await look()).lines;
    await command('/qualificationResult', { about: internet.id, result: 'unqualified' });
    expect((await command('/decideQualification', { decision: 'accept' })).status).toBe(409);
    await command('/decideQualification', { line: internet.id, decision: 'accept', note: 'told the customer' });
    const { body } = await command('/decideQualification', { line: voice.id, decision: 'decline' });
    expect(body.lines.map(({ state }: Line) => state)).toEqual(['completed', 'canceled']);
    expect(body.state).toBe('completed');
    expect(body.workNotes).toContainEqual(
      expect.objectContaining({ text: 'Qualification accepted as unqualified: told the customer' }),
    );
  });

  it.each([
    ['/qualify', { line: 7 }, 400, /does not match its schema at \/line/],
    ['/qualify', { line: 'nobody' }, 404, /has no line nobody at its top\. .*At the top: ORDL0000001/],
    ['/decideQualification', {}, 400, /\/decision/],
    ['/decideQualification', { decision: 'perhaps' }, 400, /\/decision/],
    ['/qualificationResult', { about: 'nobody', result: 'qualified' }, 400, /Qualification Item id does not exist/],
    ['/qualificationResult', { about: 'x', result: 'perhaps' }, 400, /\/result/],
    ['/serviceOrder/nobody/acceptProposal', { proposal: 'AP0000001' }, 404, /has no service order nobody/],
    ['/serviceOrder/nobody/acceptProposal', {}, 400, /\/proposal/],
  ])('that says %s %j is told %i, and what to do', async (below, said, status, message) => {
    const { command } = await approved();
    const reply = await command(below, said);
    expect([reply.status, reply.body.message]).toEqual([status, expect.stringMatching(message)]);
  });

  it('needs a role, where roles are named', async () => {
    const { command } = await approved();
    const as = (role: string) => command('/qualify', {}, { 'x-southbound-roles': role });
    expect((await as('order_viewer')).status).toBe(403);
    expect((await as('service_order_agent')).status).toBe(200);
  });

  it('cannot slip in anything else with what is said', async () => {
    const { command, look } = await approved();
    const { body } = await command('/qualify', {
      type: 'DecideQualification',
      decision: 'decline',
      roles: [],
      orderId: 'x',
    });
    expect(body.state).toBe('in_progress');
    expect(resultsIn(await look())[0]).toEqual(['internet', 'alternate']);
  });
});
