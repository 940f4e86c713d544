/** Files that people write are read, or refused with file, place, what is wrong and what was expected. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileProblem, readDocument } from '../../scenarios/files.ts';
import { findScenarios, readScenario } from '../../scenarios/scenario.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'southbound-files-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, content: string | object): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

function problemsOf(read: () => unknown): string[] {
  try {
    read();
  } catch (failure) {
    if (!(failure instanceof FileProblem)) throw failure;
    expect(failure.message.split('\n').every((line) => line.startsWith(`${failure.file}: `))).toBe(true);
    return failure.problems.map((problem) => `${failure.file.slice(folder.length + 1)}: ${problem}`);
  }
  return [];
}

const catalogue = {
  catalogue: 'Voice',
  offerings: [{ id: 'voice', name: 'Voice', specification: 'voice' }],
  products: [{ id: 'voice', name: 'Voice' }],
};
const order = { productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'voice' } }] };
const scenario = { scenario: 'Voice', given: { catalogue }, when: [{ order }], then: {} };

describe('a document', () => {
  it('is YAML or JSON', () => {
    expect(readDocument(written('a.yaml', 'a: [1, {b: c}]'))).toEqual({ a: [1, { b: 'c' }] });
    expect(readDocument(written('a.json', '{"a":"\\u00e9"}'))).toEqual({ a: 'é' });
  });

  it('is refused when it is missing or neither of them', () => {
    expect(problemsOf(() => readDocument(join(folder, 'none.yaml')))).toEqual(['none.yaml: there is no such file']);
    expect(problemsOf(() => readDocument(folder))).toEqual([expect.stringContaining('cannot be read (EISDIR)')]);
    expect(problemsOf(() => readDocument(written('b.yaml', 'a: [1\nb: 2')))).toEqual([
      expect.stringMatching(/^b.yaml: is neither YAML nor JSON: .* line 2/),
    ]);
  });

  it('cannot make a small file into a large one', () => {
    const doubling = Array.from({ length: 30 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`);
    const bomb = written('bomb.yaml', ['a0: &a0 [x, x]', ...doubling].join('\n'));
    expect(problemsOf(() => readDocument(bomb))).toEqual([
      expect.stringMatching(/^bomb.yaml: is neither YAML nor JSON: .*alias/),
    ]);
    expect(problemsOf(() => readDocument(written('loose.yaml', 'a: *nothing')))).toEqual([
      expect.stringMatching(/^loose.yaml: is neither YAML nor JSON: .*nothing/),
    ]);
  });
});

describe('a scenario file', () => {
  it('may hold everything itself, or name files beside it', () => {
    const inOne = readScenario(written('one.scenario.yaml', scenario));
    written('parts/catalogue.json', catalogue);
    written('parts/order.json', order);
    const referring = {
      ...scenario,
      given: { catalogue: 'parts/catalogue.json' },
      when: [{ order: 'parts/order.json' }],
    };
    const inParts = readScenario(written('parts.scenario.yaml', referring));
    expect({ ...inParts, file: '' }).toEqual({ ...inOne, file: '' });
  });

  it.each<[string, object, string]>([
    ['nothing', { scenario: undefined }, '/scenario: expected a value, got nothing'],
    ['an unknown attribute', { extra: 1 }, 'extra'],
    ['an unknown step', { when: [{ shout: 1 }] }, '/when/0'],
    ['no step', { when: [] }, '/when'],
    ['two steps in one', { when: [{ order, wait: 'PT1S' }] }, '/when/0'],
    ['no duration', { when: [{ wait: 'soon' }] }, '/when/0/wait'],
    [
      'a broken catalogue',
      { given: { catalogue: { ...catalogue, offerings: [{ id: 'x', name: 'X', specification: 'gone' }] } } },
      '/given/catalogue/offerings/0/specification',
    ],
    ['broken policies', { given: { catalogue, policies: { policies: 'x' } } }, '/given/policies'],
    ['a broken script', { given: { catalogue, som: { som: 'x', behaviours: [] } } }, '/given/som/behaviours'],
    ['broken policies in a step', { when: [{ policies: { policies: 'x' } }] }, '/when/0/policies'],
    ['no such file', { given: { catalogue: 'gone.yaml' } }, 'gone.yaml: there is no such file'],
  ])('with %s is refused', (_what, changes, expected) => {
    const problems = problemsOf(() => readScenario(written('bad.scenario.yaml', { ...scenario, ...changes })));
    expect(problems.join('\n')).toContain(expected);
  });

  it('is told everything that is wrong with it at once', () => {
    const bad = { ...scenario, when: [{ wait: 'soon' }, { wait: 'later' }], then: { within: 'x' } };
    expect(problemsOf(() => readScenario(written('bad.scenario.yaml', bad)))).toHaveLength(3);
  });
});

describe('finding scenarios', () => {
  it('gives every one below a folder, in order, or the file itself', () => {
    const inner = written('tree/b/x.scenario.yaml', scenario);
    const outer = written('tree/c.scenario.yaml', scenario);
    written('tree/other.yaml', {});
    written('tree/node_modules/y.scenario.yaml', scenario);
    expect(findScenarios(join(folder, 'tree'))).toEqual([inner, outer]);
    expect(findScenarios(outer)).toEqual([outer]);
  });

  it('says when there is none', () => {
    mkdirSync(join(folder, 'empty'), { recursive: true });
    expect(problemsOf(() => findScenarios(join(folder, 'empty')))).toEqual([
      'empty: holds no file named *.scenario.yaml',
    ]);
    expect(problemsOf(() => findScenarios(join(folder, 'none')))).toEqual(['none: there is no such file or folder']);
  });
});
