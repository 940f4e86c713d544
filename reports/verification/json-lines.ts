/** JSON laid out for reading without changing a character of its values; each line knows where in the document it is. */

export interface JsonLine {
  readonly text: string;
  /** Of the value that is, or begins, on this line, as in RFC 6901 but for array indices, which are `*`. */
  readonly pointer?: string;
}

/** A container that is open: in an object `key` is the name of the value that comes next. */
interface Frame {
  readonly kind: 'object' | 'array';
  key: string | undefined;
}

/** Deeper levels are not indented further: a body that is nested a thousand deep is no triangle of blanks. */
const deepestIndent = 16;

/** Strings are found without backtracking, since a body can be as long as its sender likes. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;

/** `undefined` when the text is not JSON, and is best shown as it is. */
export function jsonLines(text: string): JsonLine[] | undefined {
  if (!isJson(text)) return undefined;
  const layout = new Layout();
  const tokens = text.match(token) ?? [];
  for (let index = 0; index < tokens.length; index += 1) {
    const [here = '', next = ''] = [tokens[index], tokens[index + 1]];
    if ((here === '{' && next === '}') || (here === '[' && next === ']')) {
      layout.value(here + next);
      index += 1;
    } else layout.take(here);
  }
  return layout.ended();
}

/** Printing is of the characters that came: parsed and written again, doubled names and long numbers would be lost. */
class Layout {
  readonly #lines: JsonLine[] = [];
  readonly #open: Frame[] = [];
  #line = '';
  #pointer: string | undefined;

  take(each: string): void {
    if (each === '{' || each === '[') this.#opens(each);
    else if (each === '}' || each === ']') this.#closes(each);
    else if (each === ',') this.#separates();
    else if (each === ':') this.#line += ': ';
    else this.value(each);
  }

  value(each: string): void {
    const frame = this.#open.at(-1);
    if (frame?.kind === 'object' && frame.key === undefined) frame.key = each;
    else this.#pointer = this.#here();
    this.#line += each;
  }

  ended(): JsonLine[] {
    this.#breaks();
    return this.#lines;
  }

  #opens(bracket: string): void {
    this.#pointer = this.#here();
    this.#line += bracket;
    this.#breaks();
    this.#open.push({ kind: bracket === '{' ? 'object' : 'array', key: undefined });
    this.#indents();
  }

  #closes(bracket: string): void {
    this.#breaks();
    this.#open.pop();
    this.#indents();
    this.#line += bracket;
  }

  #separates(): void {
    this.#line += ',';
    this.#breaks();
    const frame = this.#open.at(-1);
    if (frame !== undefined) frame.key = undefined;
    this.#indents();
  }

  #indents(): void {
    this.#line = '  '.repeat(Math.min(this.#open.length, deepestIndent));
  }

  #breaks(): void {
    this.#lines.push({ text: this.#line, ...(this.#pointer === undefined ? {} : { pointer: this.#pointer }) });
    this.#line = '';
    this.#pointer = undefined;
  }

  #here(): string {
    // Beyond the deepest indent nobody looks for a place, and paths would make the work quadratic.
    if (this.#open.length > deepestIndent) return '';
    return this.#open.map(({ kind, key }) => `/${kind === 'array' ? '*' : nameOf(key)}`).join('');
  }
}

function nameOf(key: string | undefined): string {
  const name: unknown = JSON.parse(key ?? '""');
  return String(name).replaceAll('~', '~0').replaceAll('/', '~1');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
