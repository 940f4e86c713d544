/** Something else is wanted of an order in flight: who may ask, when that is possible, and what is decided about it. */
import { describe, expect, it } from 'vitest';
import type { CustomerOrder } from '../../../../engine/model/order.ts';
import { accept, cancel, decline, domainStatesOf, linesOf, notesOf, refusedText } from '../../../support/canceling.ts';
import {
  captureOf,
  type Happening,
  hierarchical,
  inside,
  Life,
  lineOf,
  orderId,
  policiesOf,
} from '../../../support/orders.ts';
import {
  approveRevision,
  changed,
  declineRevision,
  dropped,
  revise,
  valued,
  valueIn,
} from '../../../support/revising.ts';

const twoLines = [lineOf(), lineOf({ externalId: '2' })];
const faster = valued('1', { downstreamSpeed: '1 Gbps' });

function approved(lines = twoLines, policies = hierarchical): Life {
  const life = new Life(policies);
  life.take(captureOf({ lines }));
  life.then({ type: 'ApproveOrder' });
  return life;
}

/** What is left to compare when what a revision and its refusal leave behind is taken away. */
function besidesRevisions(order: CustomerOrder | undefined): object {
  const { version: _v, entries: _e, workNotes: _n, revisions: _r, ...rest } = order ?? ({} as CustomerOrder); // never missing here
  return rest;
}

describe('a revision', () => {
  it('puts the whole order aside until it is decided about, and says what would change', () => {
    const life = approved();
    accept(life);
    life.then(revise([faster]));
    expect(life.order).toMatchObject({ state: 'revision_in_progress', version: 2, revisionOperation: 'Update' });
    expect(linesOf(life)).toEqual(['revision_in_progress', 'revision_in_progress']);
    expect(life.order?.lines.map(({ revisionOperation }) => revisionOperation)).toEqual(['Update', undefined]);
    expect(domainStatesOf(life)).toEqual(['closed_complete', 'on_hold']);
    expect(life.effectTypes()).toEqual([]);
    expect(life.order?.revisions).toMatchObject([
      {
        id: `${orderId}-r1`,
        state: 'pending',
        version: 2,
        changes: [
          {
            item: '1',
            kind: 'change',
            types: ['characteristic'],
            characteristics: [{ name: 'downstreamSpeed', value: '1 Gbps' }],
          },
        ],
      },
    ]);
    // Nobody has decided: what was ordered is as it was.
    expect(valueIn(life.order, 'internet-access', 'downstreamSpeed')).toBe('100 Mbps');
  });

  it('leaves no trace but itself where it is declined', () => {
    const life = approved();
    accept(life);
    const before = besidesRevisions(life.order);
    life.then(revise([faster]));
    life.then(declineRevision);
    expect(besidesRevisions(life.order)).toEqual(before);
    expect(life.order?.revisions).toMatchObject([{ state: 'declined' }]);
    expect(life.order?.revisions?.[0]).not.toHaveProperty('wanted');
    expect(life.order?.version).toBe(2);
  });

  it('takes the place of one that waits, and is held against what that one wants', () => {
    const life = approved([lineOf()]);
    life.then(revise([valued('1', { router: 'own' })]));
    life.then(revise([faster]));
    expect(life.order?.revisions).toMatchObject([{ state: 'replaced' }, { state: 'pending' }]);
    expect(life.order?.version).toBe(3);
    life.then(approveRevision);
    expect(valueIn(life.order, 'internet-access', 'router')).toBe('own');
    expect(valueIn(life.order, 'internet-access', 'downstreamSpeed')).toBe('1 Gbps');
  });

  it('is none when it wants what was ordered', () => {
    const life = approved([lineOf({ characteristics: [{ name: 'router', value: 'own' }] })]);
    const before = life.order;
    life.then(revise([valued('1', { router: 'own' })]));
    expect(life.order).toEqual({ ...before, entries: (before?.entries ?? 0) + 1 });
  });

  it.each([{ offering: 'broadband-100' }, { specification: 'broadband' }])(
    'is none when it names %o, as it is',
    (named) => {
      const life = approved();
      const before = life.order;
      life.then(revise([changed('1', named)]));
      expect(life.order).toEqual({ ...before, entries: (before?.entries ?? 0) + 1 });
    },
  );

  it('to another offering and back differs in nothing', () => {
    const life = approved();
    life.then(revise([changed('1', { offering: 'broadband-1000' })]));
    life.then(revise([changed('1', { offering: 'broadband-100' })]));
    expect(life.order?.revisions?.map(({ state, changes }) => [state, changes.length])).toEqual([
      ['replaced', 1],
      ['pending', 0],
    ]);
    life.then(approveRevision);
    expect(linesOf(life)).toEqual(['in_progress', 'in_progress']);
    expect(life.order?.lines[0]).toMatchObject({ offering: 'broadband-100', specification: 'broadband' });
  });

  it('is approved by approving the order, too', () => {
    const life = approved();
    life.then(revise([faster]));
    life.then({ type: 'ApproveOrder' });
    expect(life.order).toMatchObject({ state: 'in_progress', revisions: [{ state: 'approved' }] });
    expect(life.order).not.toHaveProperty('revisionOperation');
  });

  it('is approved by itself where the policy says so, and a person who is faster is no mistake', () => {
    const policies = policiesOf({
      policies: 'p',
      approval: 'manual',
      revision: { approval: 'automatic' },
      outbound: { rows: [], default: { outboundEnabled: false } },
    });
    const life = approved(twoLines, policies);
    life.then(revise([faster]));
    const own = life.effect('SubmitInput');
    expect(own.input).toEqual({ type: 'DecideRevision', orderId, decision: 'approve' });
    life.then(declineRevision);
    life.then({ ...approveRevision, effectId: own.id } as Happening);
    expect(life.order?.revisions).toMatchObject([{ state: 'declined' }]);
  });

  it('is overtaken by the end of the order, and waits on where that is declined', () => {
    const life = approved(twoLines, inside);
    life.then(revise([faster]));
    life.then(cancel);
    expect(refusedText(life, approveRevision)).toContain('No revision of order ORD0000001 waits');
    life.then(decline);
    expect(life.order).toMatchObject({ state: 'revision_in_progress', revisions: [{ state: 'pending' }] });
    life.then(cancel);
    life.then({ type: 'DecideCancellation', decision: 'approve' });
    expect(life.order).toMatchObject({ state: 'canceled', revisions: [{ state: 'overtaken' }] });
  });
});

describe('no revision is taken', () => {
  const before = () => {
    const life = new Life(hierarchical);
    life.take(captureOf({ lines: twoLines }));
    return life;
  };
  const unknownChoice = changed('1', { quantity: 0 });

  it.each<[string, Life, Happening, string]>([
    ['of an order that nobody has approved', before(), revise([faster]), 'is new'],
    ['of items that were not ordered', approved(), revise([valued('7', {})]), 'has no item 7'],
    ['that orders an item twice', approved(), revise([{ kind: 'add', line: lineOf() }]), 'Item id 1 is given twice'],
    ['that leaves nothing', approved(), revise([dropped('1'), dropped('2')]), 'would leave nothing'],
    ['of what cannot be ordered', approved(), revise([unknownChoice]), '0'],
    [
      'without the role for it',
      approved(),
      { ...revise([faster]), roles: ['order_viewer'] } as Happening,
      'ReviseOrder',
    ],
  ])('%s', (_what, life, happening, text) => {
    expect(refusedText(life, happening)).toContain(text);
  });

  it('beyond the point of no return, nor approved there', () => {
    const life = approved();
    life.then({ type: 'SetPointOfNoReturn', line: life.order?.lines[1]?.id ?? '' });
    expect(refusedText(life, revise([faster]))).toContain('point of no return');
    const other = approved();
    other.then(revise([faster]));
    other.then({ type: 'SetPointOfNoReturn' });
    expect(refusedText(other, approveRevision)).toContain('point of no return');
    other.then(declineRevision);
    expect(other.order?.state).toBe('in_progress');
  });

  it('while nobody has decided about a cancellation, and a line is not canceled while nobody has decided about a revision', () => {
    const life = approved();
    life.then(cancel);
    expect(refusedText(life, revise([faster]))).toContain('is being assessed');
    const other = approved();
    other.then(revise([faster]));
    const line = other.order?.lines[0]?.id ?? '';
    expect(refusedText(other, { ...cancel, line } as Happening)).toContain('waits to be decided about');
  });

  it('of an order that asks', () => {
    const life = new Life(inside);
    life.take(captureOf({ fulfillmentType: 'Qualify', lines: [lineOf({ place: { id: 'p', role: 'site' } })] }));
    life.then({ type: 'ApproveOrder' });
    expect(refusedText(life, revise([faster]))).toContain("not 'deliver");
  });
});

describe('the soft point of no return', () => {
  const soft: Happening = { type: 'SetPointOfNoReturn', kind: 'soft' };

  it('lets a revision be approved only by somebody who says why', () => {
    const life = approved();
    life.then(soft);
    life.then(revise([faster]));
    expect(refusedText(life, approveRevision)).toContain('soft point of no return');
    life.then({ ...approveRevision, note: 'the customer pays' } as Happening);
    expect(life.order).toMatchObject({ state: 'in_progress', softPointOfNoReturn: true });
    expect(notesOf(life)).toContain(`Revision ${orderId}-r1 approved: the customer pays`);
  });

  it('holds for a cancellation as well, and declining costs nothing', () => {
    const life = approved();
    life.then(soft);
    life.then(cancel);
    expect(refusedText(life, { type: 'DecideCancellation', decision: 'approve' })).toContain('soft point of no return');
    life.then(decline);
    expect(life.order?.state).toBe('in_progress');
  });

  it('is passed only once, and the hard one comes after it', () => {
    const life = approved();
    life.then(soft);
    const notes = notesOf(life).length;
    life.then(soft);
    expect(notesOf(life)).toHaveLength(notes);
    life.then({ type: 'SetPointOfNoReturn' });
    expect(life.order).toMatchObject({ softPointOfNoReturn: true, pointOfNoReturn: true });
  });
});
