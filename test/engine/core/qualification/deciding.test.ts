/** What operators do with an order that asks: take a proposal, set a result by hand, accept, decline. */
import { describe, expect, it } from 'vitest';
import { refusalText } from '../../../../engine/model/refusals.ts';
import { type Happening, inside, Life, orderId, sentOrder, start } from '../../../support/orders.ts';
import {
  answer,
  approvedQuestion,
  askedQuestion,
  askingFor,
  everything,
  idOf,
  notesOf,
  policiesWith,
  resultsOf,
} from '../../../support/questions.ts';

function refusalOf(life: Life, happening: Happening): string {
  const outcome = life.try({ ...happening, at: start, orderId } as Parameters<Life['try']>[0]); // what `Happening` leaves out
  return outcome.ok ? 'not refused' : refusalText(outcome.refusal);
}

const slower = [{ name: 'downstreamSpeed', value: '100 Mbps' }];

function proposed(specification: string, instead = specification): Life {
  const life = askedQuestion();
  const proposals = [{ specification: instead, characteristics: slower }];
  life.then(answer(life, { ...everything, [specification]: { result: 'alternate', proposals } } as typeof everything)); // one of them otherwise
  return life;
}

const acceptProposal = (life: Life, specification: string, proposal = 'AP0000001'): Happening => ({
  type: 'AcceptProposal',
  serviceOrder: idOf(life.order, specification),
  proposal,
});

describe('accepting a proposal', () => {
  it('for what is below a line changes that service order, and asks anew', () => {
    const life = proposed('access-line');
    life.then(acceptProposal(life, 'access-line'));
    const { payload } = life.effect('SendQualificationRequest');
    const item = payload.items.find(({ specification }) => specification.id === 'access-line');
    expect(item?.characteristics).toContainEqual({ name: 'downstreamSpeed', valueType: 'Choice', value: '100 Mbps' });
    expect(life.effect('WithdrawQualificationRequest').externalId).toBe('check-1');
    expect(life.order?.qualificationResult).toBe('pending');
    life.then(answer(life, everything));
    expect(life.order?.qualificationResult).toBe('qualified');
    expect(life.order?.domainOrders.flatMap(({ qualification }) => qualification?.proposals ?? [])).toEqual([]);
  });

  it('for what the line itself asks changes the line too', () => {
    const life = proposed('internet-access');
    life.then(acceptProposal(life, 'internet-access'));
    expect(life.order?.lines[0]?.characteristics).toEqual([{ name: 'router', value: 'rented' }, ...slower]);
    expect(notesOf(life.order)).toContain('Proposal AP0000001 accepted: internet-access instead of internet-access');
  });

  it('of another specification puts what that consists of in the place of what was below', () => {
    const life = proposed('internet-access', 'access-line');
    const before = idOf(life.order, 'access-line');
    life.then(acceptProposal(life, 'internet-access'));
    expect(life.order?.domainOrders.map(({ specification }) => specification)).toEqual(['access-line']);
    expect(life.order?.domainOrders[0]?.id).not.toBe(before);
    expect(life.order?.lines[0]?.specification).toBe('access-line');
    expect(life.effect('SendQualificationRequest').payload.items).toHaveLength(1);
  });

  it('that there is not, or whose specification the catalogue has not, is refused', () => {
    const life = proposed('access-line', 'copper-line');
    expect(refusalOf(life, acceptProposal(life, 'access-line', 'AP0000009'))).toMatch(/has no proposal AP0000009$/);
    expect(refusalOf(life, acceptProposal(life, 'access-line'))).toBe(
      'Service specification does not exist: copper-line',
    );
    const unknown = { ...acceptProposal(life, 'access-line'), serviceOrder: 'so-9' };
    expect(refusalOf(life, unknown as Happening)).toBe('Order ORD0000001 has no service order so-9'); // the same with another id
  });
});

describe('a result set by hand', () => {
  it('of a service order rises to line and order', () => {
    const life = askedQuestion();
    life.then(answer(life, everything));
    life.then({ type: 'SetQualificationResult', about: idOf(life.order, 'home-router'), result: 'unqualified' });
    expect(resultsOf(life.order)).toEqual({ ...everything, 'home-router': 'unqualified' });
    expect(life.order?.qualificationResult).toBe('unqualified');
  });

  it('of a line is that of every service order in it', () => {
    const life = approvedQuestion();
    life.then({ type: 'SetQualificationResult', about: life.order?.lines[0]?.id ?? '', result: 'qualified' });
    expect(resultsOf(life.order)).toEqual(everything);
    expect(life.order?.qualificationResult).toBe('qualified');
    life.then({ type: 'DecideQualification', decision: 'accept' });
    expect(life.order?.state).toBe('completed');
  });

  it('of nothing in the order is refused', () => {
    const life = approvedQuestion();
    const happening = { type: 'SetQualificationResult', about: 'x', result: 'qualified' } as const;
    expect(refusalOf(life, happening)).toBe('Qualification Item id does not exist');
  });
});

describe('deciding', () => {
  it.each(['none', 'pending'] as const)('is not possible on a result that is %s', (result) => {
    const life = result === 'none' ? approvedQuestion() : askedQuestion();
    expect(refusalOf(life, { type: 'DecideQualification', decision: 'accept' })).toBe(
      `The result of line ORDL0000001 is ${result}, which cannot be accepted`,
    );
  });

  it.each(['qualified', 'alternate', 'unqualified'] as const)('accepts %s as it is', (result) => {
    const life = askedQuestion();
    life.then(answer(life, { ...everything, 'access-line': result }));
    life.then({ type: 'DecideQualification', decision: 'accept', note: 'told the customer' });
    expect(life.order?.state).toBe('completed');
    expect(life.order?.qualificationResult).toBe(result);
    expect(notesOf(life.order).at(-1)).toBe(`Qualification accepted as ${result}: told the customer`);
  });

  it('declines a line: what was asked about it is withdrawn, and an order of which nothing is left is canceled', () => {
    const life = askedQuestion();
    life.then(answer(life, everything));
    life.then({ type: 'DecideQualification', decision: 'decline' });
    expect(life.effect('WithdrawQualificationRequest').externalId).toBe('check-1');
    expect(life.order?.lines[0]?.state).toBe('canceled');
    expect(life.order?.state).toBe('canceled');
    expect(life.order?.domainOrders.map(({ state }) => state)).toEqual(Array(4).fill('canceled'));
  });

  it('on one line leaves the others open; an order of which something was accepted is completed', () => {
    const life = approvedQuestion(undefined, [askingFor({ externalId: 'a' }), askingFor({ externalId: 'b' })]);
    const [first, second] = life.order?.lines.map(({ id }) => id) ?? [];
    life.then({ type: 'SetQualificationResult', about: first ?? '', result: 'qualified' });
    life.then({ type: 'DecideQualification', line: first ?? '', decision: 'accept' });
    expect(life.order?.state).toBe('in_progress');
    life.then({ type: 'DecideQualification', line: second ?? '', decision: 'decline' });
    expect(life.order?.lines.map(({ state }) => state)).toEqual(['completed', 'canceled']);
    expect(life.order?.state).toBe('completed');
  });

  it('on a line below another, or that has ended, is refused', () => {
    const lines = [askingFor({ externalId: 'top' }), askingFor({ externalId: 'child', parent: 'top' })];
    const life = approvedQuestion(undefined, lines);
    const child = life.order?.lines[1]?.id ?? '';
    expect(refusalOf(life, { type: 'QualifyOrder', line: child })).toBe(
      `Order ORD0000001 has no line ${child} at its top`,
    );
    life.then({ type: 'DecideQualification', decision: 'decline' });
    expect(refusalOf(life, { type: 'QualifyOrder' })).toBe('Order ORD0000001 asks nothing now: it is canceled');
  });
});

describe('who may', () => {
  it.each([
    [{ type: 'QualifyOrder' }],
    [{ type: 'DecideQualification', decision: 'accept' }],
    [{ type: 'SetQualificationResult', about: 'x', result: 'none' }],
    [{ type: 'AcceptProposal', serviceOrder: 'x', proposal: 'y' }],
  ] as const)('%j: agents and managers, not viewers', (command) => {
    const life = approvedQuestion();
    expect(refusalOf(life, { ...command, roles: ['order_viewer'] })).toContain(
      `${command.type} needs one of the roles`,
    );
    expect(refusalOf(life, { ...command, roles: ['service_order_manager'] })).not.toContain('needs one of the roles');
  });

  it('approve a question: approvers, and agents where the policy lets them', () => {
    const asked = (agentsMayApprove: boolean) => {
      const life = new Life(policiesWith({ qualification: { agentsMayApprove } }));
      const captured = approvedQuestion().inputs[0];
      if (captured === undefined) throw new Error('nothing was captured');
      life.take(captured);
      return refusalOf(life, { type: 'ApproveOrder', roles: ['service_order_agent'] });
    };
    expect(asked(false)).toBe('ApproveOrder needs one of the roles order_approver');
    expect(asked(true)).toBe('not refused');
  });

  it('is told, of an order that is to be delivered, that it asks nothing', () => {
    expect(refusalOf(sentOrder(inside), { type: 'QualifyOrder' })).toBe(
      'Order ORD0000001 is to be delivered; it asks nothing',
    );
  });
});
