/** Orders that only ask are canceled too: what was asked is taken back, and nothing is kept for them. */
import { describe, expect, it } from 'vitest';
import { approve, besidesCancellation, cancel, decline, linesOf, refusedText } from '../../../support/canceling.ts';
import type { Happening } from '../../../support/orders.ts';
import {
  answer,
  approvedQuestion,
  askedQuestion,
  askingFor,
  askingPolicies,
  everything,
  later,
  reportsOf,
} from '../../../support/questions.ts';

const accept: Happening = { type: 'DecideQualification', decision: 'accept' };

describe('a question that is canceled', () => {
  it('is withdrawn from the inventory system, and ends', () => {
    const life = askedQuestion();
    life.then(answer(life, everything));
    life.then(cancel);
    expect(life.effectTypes()).toEqual([]);
    life.then(approve);
    expect(life.effect('WithdrawQualificationRequest').externalId).toBe('check-1');
    expect(life.order?.state).toBe('canceled');
    expect(linesOf(life)).toEqual(['canceled']);
    expect(life.order?.qualificationRequests.map(({ state }) => state)).toEqual(['withdrawn']);
  });

  it('is as it was when that is declined, with what was found in the meantime', () => {
    const life = askedQuestion();
    life.then(later(life));
    const before = besidesCancellation(life.order);
    life.then(cancel);
    expect(refusedText(life, { type: 'QualifyOrder' })).toContain('it is assessing_cancellation');
    life.then(decline);
    expect(besidesCancellation(life.order)).toEqual(before);
    life.then(cancel);
    const reports = reportsOf(life, everything);
    life.then({ type: 'ReportQualification', reports, isFinal: false, via: 'processResult' } as Happening); // a report
    life.then(decline);
    expect(life.order?.qualificationResult).toBe('qualified');
    life.then(accept);
    expect(life.order?.state).toBe('completed');
  });

  it('line by line leaves the others to be decided about', () => {
    const life = approvedQuestion(askingPolicies, [askingFor(), askingFor({ externalId: '2' })]);
    life.then({ type: 'QualifyOrder' });
    const second = life.order?.lines[1]?.id ?? '';
    life.then({ ...cancel, line: second } as Happening);
    expect(refusedText(life, { type: 'QualifyOrder', line: second })).toContain('assessing_cancellation');
    for (const request of life.order?.qualificationRequests ?? []) {
      const reports = request.serviceOrders.map((serviceOrder) => ({
        serviceOrder,
        result: 'qualified' as const,
        reasons: [],
        proposals: [],
      }));
      const outcome = { kind: 'answered', httpStatus: 200, externalId: request.id, isFinal: true, reports } as const;
      life.then({ type: 'ReportQualificationExchange', requestId: request.id, effectId: 'e', outcome });
    }
    life.then(accept);
    expect(linesOf(life)).toEqual(['completed', 'assessing_cancellation']);
    life.then(approve);
    expect(linesOf(life)).toEqual(['completed', 'canceled']);
    expect(life.order?.state).toBe('completed');
  });

  it('is not canceled in part: what is asked is asked about all below a line', () => {
    const child = askingFor({ externalId: 'below', parent: 'internet-access' });
    const life = approvedQuestion(askingPolicies, [askingFor(), child]);
    expect(refusedText(life, { ...cancel, line: life.order?.lines[1]?.id ?? '' } as Happening)).toContain('line');
  });
});
