import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { type ApiName, publishedApis } from '../../contracts/schemas/documents.ts';
import { type Finding, findingText, pointerTo, shown } from '../../contracts/schemas/finding.ts';
import {
  durationMsOfText,
  instantOfText,
  isDuration,
  textOfDurationMs,
  textOfInstant,
} from '../../contracts/schemas/text.ts';
import { validatorOf } from '../../contracts/schemas/validator.ts';

const apis = Object.keys(publishedApis) as ApiName[]; // the keys are the names by its type

const official = (api: ApiName, definition: string) => validatorOf(publishedApis[api].document).checkOf(definition);
const rules = (findings: readonly Finding[]) => findings.map(({ pointer, rule }) => `${pointer} ${rule}`);

describe.each(apis)('the published types of %s', (api) => {
  const { document, operations, listeners } = publishedApis[api];

  it('compile, every one of them', () => {
    const validator = validatorOf(document);
    for (const definition of Object.keys(document.definitions)) {
      expect(() => validator.checkOf(definition), definition).not.toThrow();
    }
  });

  it('refer to nothing that is missing', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g)].map(
      ([, name]) => name,
    );
    expect(references.filter((name) => !Object.hasOwn(document.definitions, name ?? ''))).toEqual([]);
  });

  it('forbid no attribute they do not know', () => {
    expect(JSON.stringify(document)).not.toContain('"additionalProperties":false');
  });

  it('are what every operation and listener speaks of', () => {
    for (const { id, method, path, request, responses } of [...operations, ...listeners]) {
      expect(method, id).toMatch(/^(GET|POST|PUT|PATCH|DELETE)$/);
      expect(path, id).toMatch(/^\//);
      const types = [request, ...Object.values(responses).map((response) => response?.type)];
      for (const type of types) if (type !== undefined) expect(Object.keys(document.definitions), id).toContain(type);
    }
  });
});

describe('the schemas', () => {
  const files = ['contracts/schemas', 'contracts/records'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.json') && !name.endsWith('.operations.json'))
      .map((name) => join(folder, name)),
  );

  // Nothing looks at it again when they are compiled.
  it.each(files)('are valid: %s', (file) => {
    const ajv = new Ajv({ strict: false });
    ajv.validateSchema(JSON.parse(readFileSync(file, 'utf8')), true);
  });

  it('are noticed when they are not', () => {
    expect(() => new Ajv({ strict: false }).validateSchema({ definitions: { A: { type: 'text' } } }, true)).toThrow();
  });
});

describe('TMF641 v4.1 as published', () => {
  it.each([
    ['ServiceOrder', {}, []],
    ['ServiceOrder', { state: 'Completed' }, ['/state enum']],
    ['ServiceOrder_Create', { serviceOrderItem: [] }, ['/serviceOrderItem minItems']],
    [
      'ServiceOrder_Create',
      { id: '1', state: 'acknowledged', serviceOrderItem: [{ id: '1', action: 'add', service: {} }] },
      [],
    ],
    ['RelatedParty', { id: '1', '@referredType': 'Individual' }, ['/@type required']],
    ['EventSubscription', {}, ['/id required', '/callback required']],
    ['ServiceOrder', { priority: 1 }, ['/priority type']],
    ['ServiceOrderItem', { id: '1', action: 'add', service: {}, quantity: '1' }, ['/quantity type']],
    ['ServiceOrderItemRef', { itemId: '1' }, ['/id required']],
    ['ServiceOrderItemRef', { id: '1' }, []],
    ['CancelServiceOrder', { state: 'acknowledged' }, ['/state enum']],
    ['ServiceOrder', { orderDate: '2026-01-05' }, ['/orderDate format']],
    ['Characteristic', { name: 'a', value: null }, []],
    ['Characteristic', { name: 'a' }, ['/value required']],
    ['ServiceOrder', { anything: { at: ['all'] } }, []],
  ])('%s %j', (definition, value, expected) => {
    expect(rules(official('TMF641', definition)(value))).toEqual(expected);
  });
});

describe('TMF622 v4.0 as published', () => {
  it.each([
    ['ProductOrder', {}, ['/productOrderItem required']],
    ['ProductOrder_Update', { description: 'x' }, ['/productOrderItem required']],
    ['RelatedParty', { id: '1', '@referredType': 'Individual' }, []],
    ['ProductOrderItem', { id: '1', action: 'add', state: 'partial' }, ['/state enum']],
    ['ProductRefOrValue', { status: 'aborted ' }, []],
    ['ProductRefOrValue', { status: 'aborted' }, ['/status enum']],
    ['CancelProductOrder', { productOrder: { id: '1' }, state: 'accepted' }, ['/state enum']],
    ['Quantity', { amount: 1.5 }, []],
  ])('%s %j', (definition, value, expected) => {
    expect(rules(official('TMF622', definition)(value))).toEqual(expected);
  });
});

describe('TMF645 v4.0 as published', () => {
  it.each([
    ['CheckServiceQualification', {}, []],
    ['CheckServiceQualification', { state: 'accepted', qualificationResult: 'anything' }, []],
    ['CheckServiceQualification', { state: 'acknowledged' }, ['/state enum']],
    ['CheckServiceQualification_Create', {}, ['/serviceQualificationItem required']],
    ['CheckServiceQualification_Create', { serviceQualificationItem: [] }, ['/serviceQualificationItem minItems']],
    ['CheckServiceQualification_Create', { serviceQualificationItem: [{}] }, []],
    [
      'CheckServiceQualification_Create',
      { provideAlternative: 'true' },
      ['/serviceQualificationItem required', '/provideAlternative type'],
    ],
    ['QueryServiceQualification_Create', {}, ['/searchCriteria required']],
    ['CheckServiceQualificationItem', { state: 'any word at all' }, []],
    [
      'AlternateServiceProposal',
      { alternateServiceAvailabilityDate: 'soon' },
      ['/alternateServiceAvailabilityDate format'],
    ],
    ['RelatedPlaceRefOrValue', { id: 'site-1' }, ['/role required']],
    ['ServiceSpecificationRef', { name: 'Access line' }, ['/id required']],
    ['RelatedServiceOrderItem', {}, ['/itemId required', '/serviceOrderId required']],
    ['CheckServiceQualificationStateChangeEvent', {}, []],
  ])('%s %j', (definition, value, expected) => {
    expect(rules(official('TMF645', definition)(value))).toEqual(expected);
  });
});

describe('TMF638 v4.0 as published', () => {
  it.each([
    ['Service', {}, []],
    ['Service_Create', {}, ['/state required', '/serviceSpecification required']],
    ['Service_Create', { state: 'reserved', serviceSpecification: { id: 'access-line' } }, []],
    ['Service_Create', { state: 'feasabilityChecked', serviceSpecification: { id: '1' } }, ['/state enum']],
    ['Service_Update', { state: 'active' }, []],
    ['RelatedEntityRefOrValue', { id: '1' }, ['/role required']],
    ['Note', { text: 'x' }, ['/date required', '/author required']],
    ['ServiceRefOrValue', {}, ['/id required']],
    ['Feature', { name: 'x', featureCharacteristic: [{ name: 'a', value: 1 }] }, ['/id required']],
    ['ServiceRelationship', { relationshipType: 'reliesOn' }, ['/service required']],
  ])('%s %j', (definition, value, expected) => {
    expect(rules(official('TMF638', definition)(value))).toEqual(expected);
  });
});

describe('TMF639 v4.0 as published', () => {
  it.each([
    ['Resource', {}, ['/href required', '/id required']],
    ['Resource', { id: '1', href: '/resource/1', resourceStatus: 'reserved', operationalState: 'enable' }, []],
    ['Resource', { id: '1', href: '/resource/1', operationalState: 'enabled' }, ['/operationalState enum']],
    ['Resource_Create', {}, ['/name required']],
    ['PhysicalResource_Create', {}, ['/name required']],
    ['LogicalResource_Create', {}, []],
    ['RelatedPlaceRefOrValue', { role: 'site' }, ['/href required', '/id required']],
    ['Resource', { id: '1', href: '/resource/1', place: [] }, ['/place type']],
  ])('%s %j', (definition, value, expected) => {
    expect(rules(official('TMF639', definition)(value))).toEqual(expected);
  });
});

describe('the native order qualification', () => {
  const asked = { id: '1', service: { place: [{ id: 'site-1' }], serviceSpecification: { id: 'access-line' } } };
  const request = (...items: object[]) => ({ relatedParty: [{ id: 'c' }], serviceQualificationItem: items });

  it.each([
    ['CheckServiceQualification_Create', {}, ['/relatedParty required', '/serviceQualificationItem required']],
    ['CheckServiceQualification_Create', request(), ['/serviceQualificationItem minItems']],
    ['CheckServiceQualification_Create', request({ ...asked, quantity: 2 }, { ...asked, quantity: '2' }), []],
    [
      'CheckServiceQualification_Create',
      request({ ...asked, quantity: true }),
      ['/serviceQualificationItem/0/quantity type'],
    ],
    [
      'CheckServiceQualification_Create',
      request({}),
      ['/serviceQualificationItem/0/id required', '/serviceQualificationItem/0/service required'],
    ],
    [
      'CheckServiceQualification_Create',
      { ...request(asked), description: 'x'.repeat(101) },
      ['/description maxLength'],
    ],
    ['Service', { place: { id: 'site-1' } }, ['/place type']],
    ['Service', { place: [{ id: 'a' }, { id: 'b' }] }, ['/place maxItems']],
    ['ServiceShown', { place: { id: 'site-1' } }, []],
    ['ServiceShown', { place: [{ id: 'site-1' }] }, ['/place type']],
    ['QualificationItemRelationship', { id: '1', relationshipType: 'Requires' }, ['/relationshipType enum']],
    ['ServiceQualificationItemShown', { id: '1', quantity: '1', qualificationResult: 'none', state: 'new' }, []],
    [
      'ServiceQualificationItemShown',
      { id: '1', quantity: 1, qualificationResult: 'Qualified' },
      ['/quantity type', '/qualificationResult enum'],
    ],
    ['CheckServiceQualification', { id: '1', state: 'inProgress' }, ['/state enum']],
    ['ProcessResult', { serviceQualificationItem: [] }, ['/serviceQualificationItem minItems']],
    ['ProcessResultItem', { id: '1', qualificationResult: 'none' }, ['/qualificationResult enum']],
    ['ProcessResultItem', { id: '1' }, ['/qualificationResult required']],
    [
      'ProcessResultItem',
      { id: '1', qualificationResult: 'unqualified', eligibilityUnavailabilityReason: [{ code: 'CAP-01' }] },
      ['/eligibilityUnavailabilityReason/0/label required'],
    ],
    [
      'Error',
      { code: 23, reason: 'Missing body field', details: [{ message: 'Invalid payload: relatedParty is missing' }] },
      [],
    ],
  ])('%s %j', (definition, value, expected) => {
    expect(rules(official('ServiceNowQualification', definition)(value))).toEqual(expected);
  });
});

describe('the native product inventory', () => {
  it.each([
    ['Product', {}, ['/id required']],
    [
      'Product',
      {
        id: '1',
        status: 'installation_pending',
        kind: 'service',
        productOrderItem: [{ orderItemId: '1', productOrderId: 'po-1' }],
      },
      [],
    ],
    ['Product', { id: '1', status: 'Installation Pending', kind: 'bundle' }, ['/status enum', '/kind enum']],
    [
      'Product',
      { id: '1', productRelationship: [{ relationshipType: 'HasChild' }] },
      ['/productRelationship/0/product required'],
    ],
    ['Product', { id: '1', place: { id: 'site-1' } }, ['/place type']],
  ])('%s %j', (definition, value, expected) => {
    expect(rules(official('ServiceNowInventory', definition)(value))).toEqual(expected);
  });
});

describe('a finding', () => {
  it('says where, what was expected and what is there', () => {
    const order = { state: 'Done', serviceOrderItem: [{ id: 1, action: 'add' }], orderDate: 'today' };
    expect(official('TMF641', 'ServiceOrder')(order).map(findingText)).toEqual([
      '/orderDate: expected a date-time, got "today" (format)',
      '/serviceOrderItem/0/service: expected a value, got nothing (required)',
      '/serviceOrderItem/0/id: expected string, got number 1 (type)',
      expect.stringMatching(/^\/state: expected one of "acknowledged", .*, got "Done" \(enum\)$/),
    ]);
  });

  it('names the whole body when the whole body is wrong', () => {
    expect(official('TMF641', 'ServiceOrder')([]).map(findingText)).toEqual([
      '(whole body): expected object, got array [] (type)',
    ]);
    expect(official('TMF641', 'ServiceOrder')(undefined).map(findingText)).toEqual([
      '(whole body): expected object, got undefined nothing (type)',
    ]);
  });

  it('escapes pointers and cuts long values', () => {
    expect(pointerTo('/a', 'b/c~d')).toBe('/a/b~1c~0d');
    expect(shown('x'.repeat(200))).toHaveLength(83);
  });

  it('leaves the value as it was', () => {
    const quantity = { amount: undefined, units: 'GB' };
    official('TMF622', 'Quantity')(quantity);
    expect(quantity).toEqual({ amount: undefined, units: 'GB' });
  });
});

describe('instants and durations as text', () => {
  it.each([0, 1, 999, 1_767_600_000_000, 1_767_645_296_007, 951_782_400_000, -1, 4_102_444_799_999])(
    'writes %i as toISOString does',
    (epochMs) => {
      expect(textOfInstant(epochMs)).toBe(new Date(epochMs).toISOString());
    },
  );

  it('reads RFC 3339, and nothing that is no date', () => {
    expect(instantOfText('2026-01-05T08:00:00.000Z')).toBe(1_767_600_000_000);
    expect(instantOfText('2026-01-05T09:00:00+01:00')).toBe(1_767_600_000_000);
    expect(instantOfText('soon')).toBeUndefined();
  });

  it.each([
    ['PT0S', 0],
    ['PT0.25S', 250],
    ['PT90S', 90_000],
    ['PT1H30M', 5_400_000],
    ['P1DT12H', 129_600_000],
    ['P2W', 1_209_600_000],
  ])('reads %s as %i ms', (text, ms) => {
    expect(isDuration(text)).toBe(true);
    expect(durationMsOfText(text)).toBe(ms);
    expect(durationMsOfText(textOfDurationMs(ms))).toBe(ms);
  });

  it.each(['', 'P', 'PT', '1H', 'P1Y', 'P1M', 'PT1H30', 'pt1h', '-PT1H'])('refuses "%s"', (text) => {
    expect(isDuration(text)).toBe(false);
    expect(() => durationMsOfText(text)).toThrow(/not an ISO 8601 duration/);
  });
});
