/** The style of the house, as far as a machine can tell. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSources } from './sources.ts';

const sources = readSources().filter(({ file }) => !file.endsWith('.generated.ts'));
const tests = readSources(['test']);

/**
 * A file answers one question. Longer ones are split by idea; the few that are one table, and would only be torn apart,
 * are named here.
 */
const longestFile = 300;
const longestFunction = 60;

function offenders(offends: (text: string, file: string) => boolean, among = sources): string[] {
  return among.filter(({ file, text }) => offends(text, file)).map(({ file }) => file);
}

describe('every source file', () => {
  it('says at the top what it is for', () => {
    expect(offenders((text) => !text.startsWith('/**'))).toEqual([]);
  });

  it('has a name in kebab case', () => {
    const kebab = /^[a-z0-9]+(?:[-.][a-z0-9]+)*\.ts$/;
    expect(offenders((_text, file) => !kebab.test(basename(file)), [...sources, ...tests])).toEqual([]);
  });

  it('is not named for a drawer of odds and ends', () => {
    expect(offenders((_text, file) => /\b(?:utils?|helpers?|lib|misc|common-stuff)\b/.test(file))).toEqual([]);
  });

  it(`has at most ${longestFile} lines`, () => {
    expect(offenders((text) => text.split('\n').length > longestFile)).toEqual([]);
  });

  it('has named exports only, and no any', () => {
    expect(offenders((text) => /^export default/m.test(text))).toEqual([]);
    expect(offenders((text) => /:\s*any\s*[;,)=\]|&]|\bas any\b|<any>/.test(text))).toEqual([]);
  });

  it('explains every cast', () => {
    const casts = sources.flatMap(({ file, text }) =>
      text
        .split('\n')
        .map((line, index, lines) => ({
          line,
          around: `${lines[index - 1]}\n${line}\n${lines[index + 1]}`,
          place: `${file}:${index + 1}`,
        }))
        .filter(
          ({ line }) =>
            /\bas (?!const\b)[A-Z{(u]/.test(line) && !/^\s*(?:\/?\*|\/\/|import|export|\w+ as \w+,)/.test(line),
        )
        .filter(({ around }) => !around.includes('//'))
        .map(({ line, place }) => `${place} ${line.trim()}`),
    );
    expect(casts).toEqual([]);
  });

  it(`has functions of at most ${longestFunction} lines`, () => {
    expect(sources.flatMap(({ file, text }) => longFunctions(text).map((what) => `${file}: ${what}`))).toEqual([]);
  });
});

describe('a folder', () => {
  it('is flat up to about twelve files, and has its ideas in folders of their own beyond', () => {
    const folders = new Map<string, number>();
    for (const { file } of sources) {
      const folder = dirname(file);
      folders.set(folder, (folders.get(folder) ?? 0) + 1);
    }
    expect([...folders].filter(([, count]) => count > 16).map(([folder, count]) => `${folder}: ${count}`)).toEqual([]);
  });

  it('is one that the README or the flow names', () => {
    const told = `${readFileSync('README.md', 'utf8')}${readFileSync('docs/flow.md', 'utf8')}`;
    const houses = [...new Set(sources.flatMap(({ file }) => /^[^/]+(?=\/)/.exec(file) ?? []))];
    expect(houses.filter((house) => !told.includes(`${house}/`))).toEqual([]);
  });
});

describe('tests', () => {
  it('neither sleep nor wait for luck', () => {
    const lucky = /\bsetTimeout\(|\bretry:|\.only\(|\btoBeTruthy\(\)|\bexpect\(true\)/;
    expect(offenders((text, file) => lucky.test(text) && !file.startsWith('test/architecture/'), tests)).toEqual([]);
  });

  it('mirror the tree', () => {
    const places = readdirSync('test', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const extra = ['architecture', 'docs', 'simulation', 'support', 'volume', 'package'];
    const known = new Set([...sources.map(({ file }) => file.split('/')[0]), ...extra]);
    expect(places.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
  });
});

/** Top-level functions and methods that are too long, found by their indentation. */
function longFunctions(text: string): string[] {
  const lines = text.split('\n');
  return lines.flatMap((line, start) => {
    const [, indent = '', name = ''] =
      /^( {0,2})(?:export )?(?:async )?(?:function )?(?:override )?([#\w]+)(?:<[^>]*>)?\(.*\{$/.exec(line) ?? [];
    if (name === '' || ['if', 'for', 'while', 'switch', 'describe'].includes(name)) return [];
    const length = lines.slice(start).indexOf(`${indent}}`);
    return length > longestFunction ? [`${name} has ${length} lines`] : [];
  });
}
