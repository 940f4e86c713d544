/** Attribute mappings as a catalogue file writes them, and everything that is wrong with them. */
import { type Finding, shown } from '../../../contracts/schemas/finding.ts';
import type { AttributeMapping, MappedValue } from '../../model/catalogue.ts';
import { onCircle } from '../../model/circle.ts';
import { type Json, sameJson } from '../../model/json.ts';

export interface MappingInFile {
  readonly mapping: string;
  readonly from: string;
  readonly when?: { readonly [characteristic: string]: Json };
  readonly to: string;
  readonly copy?: { readonly [characteristic: string]: string };
  readonly set?: { readonly [characteristic: string]: Json };
  readonly default?: { readonly [characteristic: string]: Json };
}

/** What has to be known of a specification. */
export interface Specified {
  readonly id: string;
  readonly characteristics?: readonly { readonly name: string; readonly options?: readonly Json[] }[];
}

export function mappingsOf(written: readonly MappingInFile[] = []): AttributeMapping[] {
  return written.map(({ mapping: name, from, to, when = {}, ...values }) => ({
    name,
    from,
    to,
    when: Object.fromEntries(
      Object.entries(when).map(([each, value]) => [each, Array.isArray(value) ? value : [value]]),
    ),
    sets: setsOf(values),
  }));
}

function setsOf({ copy = {}, set = {}, default: usual = {} }: Partial<MappingInFile>): MappedValue[] {
  return [
    ...Object.entries(copy).map(([characteristic, source]) => ({ characteristic, copy: source })),
    ...Object.entries(set).map(([characteristic, value]) => ({ characteristic, value })),
    ...Object.entries(usual).map(([characteristic, value]) => ({
      characteristic,
      value,
      onlyIfMissing: true as const,
    })),
  ];
}

export function mappingFindings(
  written: readonly MappingInFile[] = [],
  specifications: readonly Specified[],
): Finding[] {
  const byId = new Map(specifications.map((each) => [each.id, each]));
  const own = written.flatMap((mapping, index) => oneFindings(mapping, `/mappings/${index}`, byId));
  if (own.length > 0) return own;
  return [...repeatedNames(written), ...contradictions(written), ...circles(written)];
}

function oneFindings(mapping: MappingInFile, at: string, byId: ReadonlyMap<string, Specified>): Finding[] {
  const { from, to, when = {}, copy = {}, set = {}, default: usual = {} } = mapping;
  const [source, target] = [byId.get(from), byId.get(to)];
  const expected = 'the id of a specification in this catalogue';
  const unknown = [
    ...(source === undefined
      ? [{ pointer: `${at}/from`, rule: 'known-specification', expected, got: shown(from) }]
      : []),
    ...(target === undefined ? [{ pointer: `${at}/to`, rule: 'known-specification', expected, got: shown(to) }] : []),
  ];
  if (source === undefined || target === undefined) return unknown;
  if (Object.keys({ ...copy, ...set, ...usual }).length === 0) {
    return [{ pointer: at, rule: 'sets-something', expected: 'at least one of copy, set and default', got: 'none' }];
  }
  return [
    ...Object.keys(when).flatMap((name) => undeclared(source, name, `${at}/when/${name}`)),
    ...Object.entries(copy).flatMap(([name, given]) => [
      ...undeclared(target, name, `${at}/copy/${name}`),
      ...undeclared(source, given, `${at}/copy/${name}`),
    ]),
    ...Object.entries(set).flatMap(([name, value]) => invalid(target, name, value, `${at}/set/${name}`)),
    ...Object.entries(usual).flatMap(([name, value]) => invalid(target, name, value, `${at}/default/${name}`)),
  ];
}

function undeclared({ id, characteristics = [] }: Specified, name: string, pointer: string): Finding[] {
  if (characteristics.some((each) => each.name === name)) return [];
  const known = characteristics.map((each) => each.name).join(', ') || 'it has none';
  return [{ pointer, rule: 'known-characteristic', expected: `a characteristic of ${id}: ${known}`, got: shown(name) }];
}

function invalid(target: Specified, name: string, value: Json, pointer: string): Finding[] {
  const unknown = undeclared(target, name, pointer);
  const { options = [] } = target.characteristics?.find((each) => each.name === name) ?? {};
  if (unknown.length > 0 || options.length === 0 || options.some((option) => sameJson(option, value))) return unknown;
  const expected = `a value that ${name} can have: ${options.map((option) => JSON.stringify(option)).join(', ')}`;
  return [{ pointer, rule: 'known-option', expected, got: shown(value) }];
}

function repeatedNames(written: readonly MappingInFile[]): Finding[] {
  const seen = new Set<string>();
  return written.flatMap(({ mapping }, index) => {
    const isNew = !seen.has(mapping);
    seen.add(mapping);
    const expected = 'a name that no other mapping has';
    return isNew ? [] : [{ pointer: `/mappings/${index}/mapping`, rule: 'unique-name', expected, got: shown(mapping) }];
  });
}

/** Two that set the same, unless they cannot hold together. */
function contradictions(written: readonly MappingInFile[]): Finding[] {
  return written.flatMap((mapping, index) => {
    const earlier = written.slice(0, index).find((other) => contradicts(mapping, other));
    if (earlier === undefined) return [];
    const expected = `nothing that "${earlier.mapping}" sets already, or conditions that exclude each other`;
    return [{ pointer: `/mappings/${index}`, rule: 'no-contradiction', expected, got: shown(mapping.mapping) }];
  });
}

function contradicts(one: MappingInFile, other: MappingInFile): boolean {
  const set = ({ copy, set: values }: MappingInFile) => Object.keys({ ...copy, ...values });
  if (one.to !== other.to || !set(one).some((name) => set(other).includes(name))) return false;
  const [mine, others] = [mappingsOf([one])[0]?.when ?? {}, mappingsOf([other])[0]?.when ?? {}];
  const excludes = Object.entries(mine).some(([name, values]) => {
    const theirs = others[name];
    return theirs !== undefined && !values.some((value) => theirs.some((each) => sameJson(each, value)));
  });
  return one.from !== other.from || !excludes;
}

/** A value that would set itself in the end. */
function circles(written: readonly MappingInFile[]): Finding[] {
  const edges = new Map<string, string[]>();
  for (const { from, to, when = {}, copy = {}, set = {}, default: usual = {} } of written) {
    const targets = Object.keys({ ...copy, ...set, ...usual });
    for (const name of new Set([...Object.keys(when), ...Object.values(copy)])) {
      const read = Object.hasOwn(when, name) ? targets : targets.filter((target) => copy[target] === name);
      const key = `${from}.${name}`;
      edges.set(key, [...(edges.get(key) ?? []), ...read.map((target) => `${to}.${target}`)]);
    }
  }
  const found = onCircle([...edges.keys()], (key) => edges.get(key) ?? []);
  if (found === undefined) return [];
  return [{ pointer: '/mappings', rule: 'no-circle', expected: 'mappings without a circle', got: shown(found) }];
}
