/** Files that people write, YAML or JSON: read, and every complaint about one told with its name and place. */
import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { parseDocument } from 'yaml';
import { type Finding, findingText } from '../contracts/schemas/finding.ts';

/** A file that cannot be used. The message says all that is wrong with it, a line for each place. */
export class FileProblem extends Error {
  readonly file: string;
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[]) {
    super(problems.map((problem) => `${file}: ${problem}`).join('\n'));
    this.name = 'FileProblem';
    this.file = file;
    this.problems = problems;
  }
}

/** What the file says. Throws a `FileProblem` when it is not there, or is neither YAML nor JSON. */
export function readDocument(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (failure) {
    const code = failure instanceof Error && 'code' in failure ? failure.code : undefined;
    throw new FileProblem(file, [code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code ?? failure})`]);
  }
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0) throw unreadable(file, document.errors);
  try {
    return document.toJS({ maxAliasCount: mostAliases });
  } catch (failure) {
    throw unreadable(file, [failure instanceof Error ? failure : new Error(String(failure))]);
  }
}

/** Aliases of aliases grow without bounds: more lets a small file take all memory, fewer refuses shared parts of files. */
const mostAliases = 1000;

function unreadable(file: string, errors: readonly Error[]): FileProblem {
  const problems = errors.map(({ message }) => `is neither YAML nor JSON: ${message.split('\n')[0]}`);
  return new FileProblem(file, problems);
}

/** Turns what a file says into what it means, or into all that is wrong with it. */
export type Reader<Content> = (
  document: unknown,
) => { readonly ok: true; readonly content: Content } | { readonly ok: false; readonly findings: readonly Finding[] };

/** The content of a file. Throws a `FileProblem` with everything that is wrong. */
export function readContent<Content>(file: string, read: Reader<Content>): Content {
  return contentOf(file, '', readDocument(file), read);
}

/**
 * What one place of a file refers to: a text names a file relative to it, anything else is the content itself.
 * @param at JSON pointer of that place.
 */
export function referredContent<Content>(file: string, at: string, reference: unknown, read: Reader<Content>): Content {
  if (typeof reference !== 'string') return contentOf(file, at, reference, read);
  return readContent(isAbsolute(reference) ? reference : join(dirname(file), reference), read);
}

function contentOf<Content>(file: string, at: string, document: unknown, read: Reader<Content>): Content {
  const result = read(document);
  if (result.ok) return result.content;
  throw problemOf(file, result.findings, at);
}

export function problemOf(file: string, findings: readonly Finding[], at = ''): FileProblem {
  const problems = findings.map((finding) => findingText({ ...finding, pointer: `${at}${finding.pointer}` }));
  return new FileProblem(file, problems);
}
