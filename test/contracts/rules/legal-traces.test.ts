/**
 * Whatever a legal vendor does, no rule blames it. `TRACES=n` judges so many traces, of which each is its seed's:
 * `TRACES=10000` is the whole; `FIRST=n` begins with another seed.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Trace } from '../../../contracts/records/trace.ts';
import type { RuleVerdict } from '../../../contracts/records/verification.ts';
import { legalTrace } from './legal/traces.ts';
import { falseAlarms } from './mended-defects.ts';
import { breachText, judged, plainTrace } from './plain-trace.ts';

const traces = Number(process.env.TRACES ?? 1_000);
const first = Number(process.env.FIRST ?? 1);

/** Rules that legal traffic is enough for: each has to be kept, so that it is known to have looked. */
const passive = [
  'answers-in-time',
  'status-documented',
  'media-type',
  'response-schema',
  'mandatory-attributes',
  'error-body',
  'legal-order-accepted',
  'initial-state',
  'order-kept',
  'patch-applied',
  'cancel-outcome',
  'cancel-task-life',
  'cancel-initial-state',
  'order-transitions',
  'terminal-is-final',
  'order-item-coherence',
  'item-transitions',
  'dates-in-order',
  'dates-well-formed',
  'state-facts',
  'location-header',
  'paging-law',
  'result-counts',
  'list-complete',
  'filter-semantics',
  'fields-selection',
  'sort-order',
  'listener-address',
  'event-schema',
  'event-ids-unique',
  'silence-after-unsubscribe',
  'hub-registration',
  'change-announced',
  'attribute-change-announced',
  'event-after-terminal',
  'event-agrees',
  'event-order',
  'event-once',
  'event-repeated',
  'early-callback',
  'retry-after',
];

interface Looked {
  readonly breaches: string[];
  readonly verdicts: Map<string, Set<RuleVerdict>>;
  readonly states: Set<string>;
  overlaps: number;
  early: number;
  repeats: number;
}

function lookedAt(): Looked {
  const looked: Looked = {
    breaches: [],
    verdicts: new Map(),
    states: new Set(),
    overlaps: 0,
    early: 0,
    repeats: 0,
  };
  for (let seed = first; seed < first + traces; seed += 1) {
    const trace = legalTrace(seed);
    const { findings, rules } = judged(trace);
    for (const finding of findings) {
      if (finding.rule === 'early-callback') looked.early += 1;
      if (finding.rule === 'event-repeated') looked.repeats += 1;
      if (finding.level === 'MAY') continue;
      looked.breaches.push(`FIRST=${seed} TRACES=1: ${finding.rule}: ${finding.message}`);
    }
    for (const { id, verdict } of rules) {
      looked.verdicts.set(id, (looked.verdicts.get(id) ?? new Set()).add(verdict));
    }
    looked.overlaps += overlapsIn(trace);
    for (const [, state = ''] of JSON.stringify(trace).matchAll(/\\"state\\":\\"(\w+)\\"/g)) looked.states.add(state);
  }
  return looked;
}

function overlapsIn({ exchanges }: Trace): number {
  const looks = exchanges.filter(({ request }) => request.method === 'GET');
  return looks.filter((later, place) => (looks[place - 1]?.endedOrder ?? 0) > later.sentOrder).length;
}

describe(`${traces} traces of a legal vendor`, () => {
  let looked: Looked;
  // Ten times what they take on a machine that has nothing else to do.
  beforeAll(
    () => {
      looked = lookedAt();
    },
    10_000 + 20 * traces,
  );

  it('break no rule', () => {
    expect(looked.breaches).toEqual([]);
  });

  it.skipIf(traces < 500)('keep every rule that traffic is enough for', () => {
    expect(passive.filter((rule) => looked.verdicts.get(rule)?.has('pass') !== true)).toEqual([]);
  });

  it.skipIf(traces < 500)(
    'show every state, looks that overlap, callbacks that come early, and events that come again',
    () => {
      expect([...looked.states].toSorted()).toEqual(
        [
          'accepted acknowledged assessingCancellation cancelled completed done failed held inProgress partial pending',
          'pendingCancellation rejected terminatedWithError',
        ]
          .join(' ')
          .split(' '),
      );
      expect(looked.overlaps).toBeGreaterThan(traces);
      expect(looked.early).toBeGreaterThan(traces / 4);
      expect(looked.repeats).toBeGreaterThan(traces / 4);
    },
  );

  it('are the same for the same seed', () => {
    expect(JSON.stringify(legalTrace(7))).toBe(JSON.stringify(legalTrace(7)));
    expect(JSON.stringify(legalTrace(7))).not.toBe(JSON.stringify(legalTrace(8)));
  });
});

describe('what legal traffic was blamed for', () => {
  it.each(falseAlarms)('$about', ({ smallest }) => {
    expect(judged(plainTrace(smallest)).findings.flatMap(breachText)).toEqual([]);
  });
});
