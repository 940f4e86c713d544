/** TMF645, southbound: what is said of a question, and what is read of an answer. */
import { describe, expect, it } from 'vitest';
import { checkOf } from '../../../../contracts/profile/contract.ts';
import type { OutboundItem } from '../../../../engine/model/payload.ts';
import type { QualificationPayload } from '../../../../engine/model/qualification/effects.ts';
import { readCheck, renderQuestion, tmf645v4 } from '../../../../engine/wire/qualification/tmf645-v4-south.ts';

const item: OutboundItem = {
  serviceOrder: 'so-1',
  action: 'add',
  quantity: 1,
  specification: { id: 'internet', name: 'Internet', version: '2', type: 'CFS' },
  characteristics: [{ name: 'speed', valueType: 'Integer', value: 100 }],
  place: { id: 'site-1', role: 'installation', referredType: 'GeographicSite', country: 'DE' },
  children: ['so-2'],
  after: [],
};
const payload: QualificationPayload = { requestId: 'r-1', parties: [], items: [item], reserves: true };

describe('a question', () => {
  it.each<[string, Partial<QualificationPayload>, object]>([
    ['its request id', {}, { externalId: 'r-1', instantSyncQualification: false }],
    ['what is wanted of the answer', {}, { provideAlternative: true, provideUnavailabilityReason: true }],
    [
      'who asks',
      { parties: [{ id: 'c', role: 'owner', referredType: 'Customer' }] },
      { relatedParty: [{ id: 'c', role: 'owner', '@referredType': 'Customer' }] },
    ],
    [
      'what rests on what',
      {},
      { serviceQualificationItem: [{ qualificationItemRelationship: [{ id: 'so-2', relationshipType: 'HasChild' }] }] },
    ],
    ['that capacity is to be kept', {}, { serviceQualificationItem: [{ service: { state: 'reserved' } }] }],
    [
      'that it is not',
      { reserves: false },
      { serviceQualificationItem: [{ service: { state: 'feasibilityChecked' } }] },
    ],
    [
      'what is there already',
      { items: [{ ...item, action: 'change', inventory: 'svc-1' }] },
      { serviceQualificationItem: [{ id: 'so-1', service: { id: 'svc-1' } }] },
    ],
    [
      'where',
      {},
      { serviceQualificationItem: [{ service: { place: [{ id: 'site-1', '@referredType': 'GeographicSite' }] } }] },
    ],
    [
      'how',
      {},
      { serviceQualificationItem: [{ service: { serviceCharacteristic: [{ name: 'speed', value: 100 }] } }] },
    ],
  ])('says %s', (_what, changes, expected) => {
    const question = renderQuestion({ ...payload, ...changes });
    expect(checkOf('TMF645', 'own', 'CheckServiceQualification_Create')(question)).toEqual([]);
    expect(question).toMatchObject(expected);
  });

  it('leaves out what there is nothing to say of', () => {
    const { place: _place, ...nowhere } = item;
    const question = renderQuestion({ ...payload, items: [{ ...nowhere, children: [] }] });
    expect(question).not.toHaveProperty('relatedParty');
    expect(question).not.toHaveProperty('description');
    expect(question.serviceQualificationItem[0]).not.toHaveProperty('qualificationItemRelationship');
    expect(question.serviceQualificationItem[0]?.service).not.toHaveProperty('place');
  });
});

describe('an answer', () => {
  const read = (check: { readonly [name: string]: unknown }, own = {}) => {
    expect(checkOf('TMF645', 'official-lenient', 'CheckServiceQualification')(check)).toEqual([]);
    return readCheck(check, { ...tmf645v4.results, ...own });
  };
  const one = (changes: object) => ({
    serviceQualificationItem: [{ id: 'so-1', qualificationResult: 'qualified', ...changes }],
  });
  const report = { serviceOrder: 'so-1', result: 'qualified', reasons: [], proposals: [] };

  it.each<[string, { readonly [name: string]: unknown }, object]>([
    ['nothing', {}, { reports: [], isFinal: false }],
    [
      'which question',
      { id: '7', externalId: 'r-1' },
      { externalId: '7', requestId: 'r-1', reports: [], isFinal: false },
    ],
    ['that it is done', { state: 'done' }, { reports: [], isFinal: true }],
    ['that it is not', { state: 'inProgress' }, { reports: [], isFinal: false }],
    ['a result', one({}), { reports: [report], isFinal: false }],
    ['no result yet', one({ qualificationResult: undefined }), { reports: [], isFinal: false }],
    ['an empty result', one({ qualificationResult: '' }), { reports: [], isFinal: false }],
    [
      'from when and until when',
      one({ expectedServiceAvailabilityDate: '2026-02-01T00:00:00Z', expirationDate: '2026-01-06T00:00:00+01:00' }),
      {
        reports: [{ ...report, availableAt: Date.UTC(2026, 1, 1), expiresAt: Date.UTC(2026, 0, 5, 23) }],
        isFinal: false,
      },
    ],
    [
      'until when, of all of it',
      { expirationDate: '2026-01-06T00:00:00Z', ...one({}) },
      { reports: [{ ...report, expiresAt: Date.UTC(2026, 0, 6) }], isFinal: false },
    ],
    ['a date that is none', one({ expirationDate: '' }), { reports: [report], isFinal: false }],
    [
      'why not',
      one({
        qualificationResult: 'unqualified',
        eligibilityUnavailabilityReason: [{ code: 'C', label: 'full' }, { code: 'D' }, {}],
      }),
      {
        reports: [
          {
            ...report,
            result: 'unqualified',
            reasons: [
              { code: 'C', label: 'full' },
              { code: 'D', label: 'D' },
            ],
          },
        ],
        isFinal: false,
      },
    ],
    [
      'what instead',
      one({
        qualificationResult: 'alternate',
        alternateServiceProposal: [
          {
            id: '1',
            alternateServiceAvailabilityDate: '2026-02-01T00:00:00Z',
            alternateService: {
              serviceSpecification: { id: 'slow' },
              serviceCharacteristic: [{ name: 'speed', value: 50 }],
            },
          },
          { alternateServiceAvailabilityDate: '2026-02-01T00:00:00Z' },
        ],
      }),
      {
        reports: [
          {
            ...report,
            result: 'alternate',
            proposals: [
              {
                specification: 'slow',
                characteristics: [{ name: 'speed', value: 50 }],
                availableAt: Date.UTC(2026, 1, 1),
              },
              { characteristics: [], availableAt: Date.UTC(2026, 1, 1) },
            ],
          },
        ],
        isFinal: false,
      },
    ],
    [
      'that it failed, and why',
      {
        state: 'terminatedWithError',
        serviceQualificationItem: [
          { id: 'so-1', terminationError: [{ value: 'a' }, { id: '7' }] },
          { terminationError: [{ value: 'a' }] },
        ],
      },
      { reports: [], isFinal: true, failure: 'a; 7' },
    ],
    [
      'that it failed',
      { state: 'terminatedWithError' },
      { reports: [], isFinal: true, failure: 'it ended in an error, and does not say why' },
    ],
  ])('says %s', (_what, check, content) => {
    expect(read(check)).toEqual({ ok: true, content });
  });

  it('may say it in other words, where these are known', () => {
    expect(read(one({ qualificationResult: 'OK' }), { OK: 'qualified' })).toMatchObject({
      content: { reports: [report] },
    });
    expect(read(one({ qualificationResult: 'constructor' }))).toMatchObject({ ok: false });
    expect(read(one({ qualificationResult: 'OK' }))).toEqual({
      ok: false,
      pointer: '/serviceQualificationItem/0/qualificationResult',
      reason:
        'the result "OK" is not known; known are qualified, alternate, unqualified, and others are named in results of the target',
    });
  });
});
