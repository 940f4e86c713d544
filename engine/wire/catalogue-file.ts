/** A catalogue as people write it -> the catalogue as the engine reads it, or everything that is wrong with it. */
import catalogueSchema from '../../contracts/schemas/catalogue.schema.json' with { type: 'json' };
import { type Finding, shown } from '../../contracts/schemas/finding.ts';
import { durationMsOfText } from '../../contracts/schemas/text.ts';
import { checkOfSchema } from '../../contracts/schemas/validator.ts';
import {
  allowedRelationships,
  type Catalogue,
  type CharacteristicSpecification,
  type Relationship,
  type RelationshipType,
  type Specification,
  type SpecificationType,
} from '../model/catalogue.ts';
import { onCircle } from '../model/circle.ts';
import type { Json } from '../model/json.ts';
import type { DomainOrderKind } from '../model/order.ts';
import { type MappingInFile, mappingFindings, mappingsOf } from './catalogue/mappings.ts';
import { mostOf, type QuantityInFile, quantityFindings, quantityOf } from './catalogue/quantity.ts';
import {
  namedPlanFindings,
  type PlansInFile,
  type PlansOfSpecification,
  planFindings,
  plansIn,
  plansOfSpecification,
} from './plans-in-catalogue.ts';

export type ReadFile<Content> =
  | { readonly ok: true; readonly content: Content }
  | { readonly ok: false; readonly findings: readonly Finding[] };

interface CatalogueFile extends PlansInFile {
  readonly catalogue: string;
  readonly offerings?: readonly { id: string; name?: string; specification: string }[];
  readonly products?: readonly SpecificationInFile[];
  readonly services?: readonly SpecificationInFile[];
  readonly resources?: readonly SpecificationInFile[];
  readonly mappings?: readonly MappingInFile[];
}

interface SpecificationInFile {
  readonly id: string;
  readonly name?: string;
  readonly type?: SpecificationType;
  readonly category?: string;
  readonly version?: string;
  readonly takes?: string;
  readonly transient?: boolean;
  readonly plan?: PlansOfSpecification;
  readonly characteristics?: readonly (Partial<CharacteristicSpecification> & { name: string })[];
  readonly relationships?: readonly RelationshipInFile[];
}

interface RelationshipInFile {
  readonly type: RelationshipType;
  readonly target: string;
  readonly mandatory?: boolean;
  readonly order?: number;
  readonly quantity?: QuantityInFile;
  readonly rules?: readonly { characteristic: string; value?: Json }[];
  readonly after?: readonly string[];
}

const checkFile = checkOfSchema(catalogueSchema);

const lists = [
  ['products', 'product'],
  ['services', 'service'],
  ['resources', 'resource'],
] as const satisfies readonly (readonly [string, DomainOrderKind])[];

/** @param file what the YAML or JSON says. */
export function readCatalogue(file: unknown): ReadFile<Catalogue> {
  const broken = checkFile(file);
  if (broken.length > 0) return { ok: false, findings: broken };
  const checked = file as CatalogueFile; // by its schema, one line above
  const found = specificationsIn(checked);
  const findings = [
    ...repeatedIds(found),
    ...offeringFindings(checked, found),
    ...found.flatMap(relationshipFindings(found)),
    ...planFindings(checked),
    ...mappingFindings(
      checked.mappings,
      found.map(({ written }) => written),
    ),
    ...found.flatMap(({ kind, pointer, written: { plan } }) => namedPlanFindings(checked, { kind, pointer, plan })),
  ];
  if (findings.length > 0) return { ok: false, findings };
  return withSizes(catalogueOf(checked, found), found);
}

/** A specification of the file, with where it stands. */
interface Found {
  readonly kind: DomainOrderKind;
  readonly pointer: string;
  readonly written: SpecificationInFile;
}

function specificationsIn(file: CatalogueFile): Found[] {
  return lists.flatMap(([list, kind]) =>
    (file[list] ?? []).map((written, index) => ({ kind, pointer: `/${list}/${index}`, written })),
  );
}

function repeatedIds(found: readonly Found[]): Finding[] {
  const seen = new Map<string, string>();
  return found.flatMap(({ written: { id }, pointer }) => {
    const first = seen.get(id);
    seen.set(id, first ?? pointer);
    if (first === undefined) return [];
    return [
      { pointer: `${pointer}/id`, rule: 'unique-id', expected: `an id other than that of ${first}`, got: shown(id) },
    ];
  });
}

function offeringFindings(file: CatalogueFile, found: readonly Found[]): Finding[] {
  const products = found.filter(({ kind }) => kind === 'product').map(({ written }) => written.id);
  return (file.offerings ?? []).flatMap(({ specification }, index) => {
    if (products.includes(specification)) return [];
    const expected = `the id of a product specification: ${products.join(', ') || 'there is none'}`;
    return [
      {
        pointer: `/offerings/${index}/specification`,
        rule: 'known-specification',
        expected,
        got: shown(specification),
      },
    ];
  });
}

function relationshipFindings(found: readonly Found[]): (source: Found) => Finding[] {
  const byId = new Map(found.map((each) => [each.written.id, each]));
  return ({ kind, pointer, written }) => {
    const declared = new Map((written.characteristics ?? []).map((each) => [each.name, each]));
    const earlier = new Set<string>();
    return (written.relationships ?? []).flatMap((relationship, index) => {
      const at = `${pointer}/relationships/${index}`;
      const findings = [
        ...targetFindings(kind, relationship, byId, at),
        ...characteristicFindings(relationship, declared, at),
        ...quantityFindings(relationship.quantity, declared, `${at}/quantity`),
        ...afterFindings(relationship, earlier, at),
      ];
      earlier.add(relationship.target);
      return findings;
    });
  };
}

function targetFindings(
  source: DomainOrderKind,
  { type, target }: RelationshipInFile,
  byId: ReadonlyMap<string, Found>,
  at: string,
): Finding[] {
  const found = byId.get(target);
  if (found === undefined) {
    const expected = 'the id of a specification in this catalogue';
    return [{ pointer: `${at}/target`, rule: 'known-specification', expected, got: shown(target) }];
  }
  const allowed = allowedRelationships[type].filter(([from]) => from === source).map(([, to]) => to);
  if (allowed.includes(found.kind)) return [];
  const expected =
    allowed.length === 0 ? `no ${type} from a ${source}` : `${type} from a ${source} to a ${allowed.join(' or ')}`;
  return [{ pointer: at, rule: 'relationship-type', expected, got: `one to the ${found.kind} ${target}` }];
}

function characteristicFindings(
  { rules, quantity }: RelationshipInFile,
  declared: ReadonlyMap<string, unknown>,
  at: string,
): Finding[] {
  const names = [
    ...(rules ?? []).map(({ characteristic }, index) => ({
      pointer: `${at}/rules/${index}/characteristic`,
      characteristic,
    })),
    ...(quantity?.characteristic === undefined
      ? []
      : [{ pointer: `${at}/quantity/characteristic`, characteristic: quantity.characteristic }]),
  ];
  return names
    .filter(({ characteristic }) => !declared.has(characteristic))
    .map(({ pointer, characteristic }) => {
      const expected = `a characteristic of the source: ${[...declared.keys()].join(', ') || 'it has none'}`;
      return { pointer, rule: 'known-characteristic', expected, got: shown(characteristic) };
    });
}

function afterFindings({ after }: RelationshipInFile, earlier: ReadonlySet<string>, at: string): Finding[] {
  return (after ?? []).flatMap((sibling, index) => {
    if (earlier.has(sibling)) return [];
    const expected = `the target of an earlier relationship: ${[...earlier].join(', ') || 'there is none'}`;
    return [{ pointer: `${at}/after/${index}`, rule: 'earlier-sibling', expected, got: shown(sibling) }];
  });
}

function catalogueOf(file: CatalogueFile, found: readonly Found[]): Catalogue {
  const offerings = (file.offerings ?? []).map(({ id, name, specification }) => [
    id,
    { id, name: name ?? id, specification },
  ]);
  const specifications = found.map(({ kind, written }) => [written.id, specificationOf(kind, written)]);
  return {
    name: file.catalogue,
    offerings: Object.fromEntries(offerings),
    specifications: Object.fromEntries(specifications),
    ...plansIn(file),
    mappings: mappingsOf(file.mappings),
  };
}

function specificationOf(kind: DomainOrderKind, written: SpecificationInFile): Specification {
  const { id, name, type, category, version, takes, transient, plan, characteristics, relationships } = written;
  return {
    id,
    name: name ?? id,
    kind,
    type: type ?? 'Not Applicable',
    ...(category === undefined ? {} : { category }),
    version: version ?? '1',
    characteristics: (characteristics ?? []).map((characteristic) => ({
      valueType: 'Single Line Text',
      mandatory: false,
      options: [],
      ...characteristic,
    })),
    relationships: (relationships ?? []).map(relationshipOf).toSorted((one, other) => one.order - other.order),
    automaticMs: takes === undefined ? 0 : durationMsOfText(takes),
    ...(transient === true ? { transient } : {}),
    plans: plansOfSpecification(plan),
    mostDomainOrders: 1,
  };
}

function relationshipOf(written: RelationshipInFile, index: number): Relationship {
  const { type, target, mandatory, order, quantity, rules, after } = written;
  return {
    type,
    target,
    mandatory: mandatory ?? true,
    order: order ?? index,
    quantity: quantityOf(quantity),
    rules: rules ?? [],
    after: after ?? [],
  };
}

/** Says of each specification how large it can become, once it is sure that none contains itself. */
function withSizes(catalogue: Catalogue, found: readonly Found[]): ReadFile<Catalogue> {
  const specifications: Record<string, Specification> = { ...catalogue.specifications };
  const targetsOf = (id: string) => (specifications[id]?.relationships ?? []).map(({ target }) => target);
  const circular = onCircle(Object.keys(specifications), targetsOf);
  if (circular !== undefined) {
    const pointer = found.find(({ written }) => written.id === circular)?.pointer ?? '';
    return {
      ok: false,
      findings: [{ pointer, rule: 'no-circle', expected: 'relationships without a circle', got: shown(circular) }],
    };
  }
  const sized = new Map<string, number>();
  const sizeOf = (id: string): number => {
    const known = sized.get(id);
    if (known !== undefined) return known;
    const parts = (specifications[id]?.relationships ?? []).filter(({ type }) => type !== 'Composed of');
    const size = parts.reduce((sum, { target, quantity }) => sum + mostOf(quantity) * sizeOf(target), 1);
    sized.set(id, size);
    return size;
  };
  for (const [id, specification] of Object.entries(specifications)) {
    specifications[id] = { ...specification, mostDomainOrders: sizeOf(id) };
  }
  return { ok: true, content: { ...catalogue, specifications } };
}
