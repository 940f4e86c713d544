/** Who may know whom. An arrow that is missing here is missing on purpose: each rule says what to do instead. */
import { describe, expect, it } from 'vitest';
import { readSources } from './sources.ts';

interface Rule {
  readonly may: readonly string[];
  /** How to comply. */
  readonly instead: string;
}

const portable = 'Keep it free of the rest of the house: take what it needs as a parameter.';

/** By part of the house: which other parts it may import. The longest part that a file lies in counts. */
const rules: { readonly [part: string]: Rule } = {
  kernel: { may: [], instead: portable },
  exchange: { may: ['kernel', 'contracts/records'], instead: portable },
  'contracts/schemas': { may: [], instead: portable },
  'contracts/profile': { may: ['contracts/schemas'], instead: portable },
  'contracts/records': { may: [], instead: portable },
  'contracts/openapi': {
    may: ['contracts/schemas', 'contracts/profile'],
    instead: 'The document is made of what is published: hand in what an engine serves as data.',
  },
  'contracts/pacts': {
    may: ['contracts/schemas', 'contracts/profile', 'contracts/records'],
    instead: 'Pacts are recorded and verified in test/contracts/pacts, where both ends are at hand.',
  },
  'contracts/rules': {
    may: ['contracts/schemas', 'contracts/profile', 'contracts/records'],
    instead: 'A rule is pure over a trace: whatever it needs has to be in the trace or in the capability statement.',
  },
  'contracts/verify': {
    may: ['contracts/schemas', 'contracts/profile', 'contracts/records', 'contracts/rules', 'exchange', 'kernel'],
    instead: 'The verifier knows a vendor by its answers only: what it is measured on is no business of its.',
  },
  'contracts/twins': {
    may: ['contracts/schemas', 'exchange', 'kernel'],
    instead: 'Twins measure the verifier: what both knew would be tested by itself. Write the fact down again.',
  },
  'engine/model': { may: [], instead: 'Words only: put behaviour into core, and what the wire says into wire.' },
  'engine/core': {
    may: ['engine/model'],
    instead: 'The core decides and the shell performs: bring it in as a fact or an input, or hand it out as an effect.',
  },
  'engine/wire': {
    may: ['engine/model', 'contracts/schemas', 'contracts/profile'],
    instead: 'Wire only translates: put decisions into core, and exchanges into http.',
  },
  'engine/shell': {
    may: ['engine/core', 'engine/model', 'kernel'],
    instead: 'The shell reaches the outside through ports that engine/index.ts fills.',
  },
  'engine/http': {
    may: ['engine/shell', 'engine/wire', 'engine/model', 'contracts', 'exchange', 'kernel'],
    instead: 'Routes hand inputs to the mailbox; they never call the core.',
  },
  engine: {
    may: [
      'engine/core',
      'engine/shell',
      'engine/http',
      'engine/wire',
      'engine/model',
      'contracts',
      'exchange',
      'kernel',
    ],
    instead: 'engine/index.ts puts the engine together; nothing else lies here.',
  },
  mocks: {
    may: ['contracts/schemas', 'contracts/profile', 'contracts/records', 'exchange', 'kernel'],
    instead: 'Two ends of a wire share only the contract: put what both need into contracts or exchange.',
  },
  scenarios: {
    may: ['engine/index.ts', 'mocks', 'contracts', 'exchange', 'kernel'],
    instead: 'Other folders know the engine by its one door: export it from engine/index.ts.',
  },
  reports: {
    may: ['contracts/records'],
    instead: 'A report sees only the record: write what it needs into the record.',
  },
  cli: {
    may: ['engine/index.ts', 'mocks', 'scenarios', 'reports', 'contracts', 'exchange', 'kernel'],
    instead: 'Commands put parts together; nobody imports a command, a test or a benchmark.',
  },
  'index.ts': {
    may: ['engine/index.ts', 'mocks', 'scenarios', 'reports', 'contracts', 'exchange', 'kernel'],
    instead: 'The door of the package names what others may rely on, and has nothing of its own.',
  },
  bench: {
    may: ['engine/index.ts', 'mocks', 'scenarios', 'reports', 'contracts', 'exchange', 'kernel'],
    instead: 'Measure through the same doors that users have.',
  },
  build: {
    // The pages of docs/ are built from the rules, the words of the engine, who may use its routes, and the laws.
    may: [
      'contracts/schemas',
      'contracts/rules',
      'engine/model',
      'engine/http/access/permissions.ts',
      'scenarios/laws',
    ],
    instead: 'What builds the sources needs only what it builds from.',
  },
};

const sources = readSources();

function partOf(file: string): string {
  const parts = Object.keys(rules).filter((part) => within(file, part));
  return parts.toSorted((one, other) => other.length - one.length)[0] ?? file;
}

function within(file: string, place: string): boolean {
  return file === place || file.startsWith(`${place}/`);
}

describe('the arrows', () => {
  it('have a rule for every part', () => {
    expect(sources.filter(({ file }) => rules[partOf(file)] === undefined).map(({ file }) => file)).toEqual([]);
  });

  it.each(Object.keys(rules))('of %s', (part) => {
    const { may, instead } = rules[part] ?? { may: [], instead: '' };
    const forbidden = sources
      .filter(({ file }) => partOf(file) === part)
      .flatMap(({ file, imports }) =>
        imports
          .filter((other) => partOf(other) !== part && !may.some((place) => within(other, place)))
          .map((other) => `${file} imports ${other}. ${instead}`),
      );
    expect(forbidden).toEqual([]);
  });

  it('never lead into tests', () => {
    const toTests = sources.flatMap(({ file, imports }) =>
      imports.filter((other) => within(other, 'test')).map(() => file),
    );
    expect(toTests).toEqual([]);
  });

  it('lead to files that are there', () => {
    const known = new Set(sources.map(({ file }) => file));
    const broken = sources.flatMap(({ imports }) =>
      imports.filter((other) => other.endsWith('.ts') && !known.has(other)),
    );
    expect(broken).toEqual([]);
  });

  it('never go in a circle, types included', () => {
    const importsOf = new Map(sources.map(({ file, imports }) => [file, imports]));
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      if (path.includes(file) || done.has(file)) return;
      for (const other of importsOf.get(file) ?? []) visit(other, [...path, file]);
      done.add(file);
    };
    for (const { file } of sources) visit(file, []);
    expect(circles).toEqual([]);
  });
});
