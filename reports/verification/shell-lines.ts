/** A shell command on lines of limited length that mean the same to the shell when they are pasted together. */
import { columnsOf } from './columns.ts';

type Quote = '' | "'" | '"';

/** What must not be torn apart, and the quotes that are open behind it. */
interface Piece {
  readonly text: string;
  readonly quote: Quote;
}

/**
 * A line goes on behind a backslash at its end (POSIX shell, 2.2.1), which within quotes must come outside of them: the
 * quotes are closed before it and opened again after it. Lines after the first therefore begin at the first column.
 */
export function shellLines(command: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let open: Quote = '';
  for (const { text, quote } of wordsOf(piecesOf(command), width - 2)) {
    const ends = text.endsWith('\n');
    // Room for a closing quote and the backslash.
    if (!ends && text !== open && columnsOf(line) + columnsOf(text) > width - 2 && line !== open) {
      lines.push(`${line}${open}\\`);
      line = open;
    }
    line += ends ? text.slice(0, -1) : text;
    open = quote;
    if (!ends) continue;
    lines.push(line);
    line = '';
  }
  return [...lines, line];
}

/** Pieces between two blanks outside of quotes are one, if they fit on a line: it is best read when it breaks there. */
function wordsOf(pieces: readonly Piece[], width: number): Piece[] {
  const words: Piece[][] = [[]];
  for (const piece of pieces) {
    const blank = piece.quote === '' && /^\\?\s$/.test(piece.text);
    if (blank) words.push([piece], []);
    else words.at(-1)?.push(piece);
  }
  return words.flatMap((word) => {
    const text = word.map((piece) => piece.text).join('');
    return columnsOf(text) <= width && !text.includes('\n') && word.length > 0 ? [{ text, quote: '' }] : word;
  });
}

function piecesOf(command: string): Piece[] {
  // A control character would command the terminal; a line break is one that the shell knows.
  const characters = [...command.replaceAll(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/gu, '?')];
  const pieces: Piece[] = [];
  let open: Quote = '';
  for (let index = 0; index < characters.length; ) {
    const text: string = open === '' ? bareText(characters, index) : quotedText(characters, index, open);
    if (open === '' && (text === "'" || text === '"')) open = text;
    else if (open === text) open = '';
    pieces.push({ text, quote: open });
    index += [...text].length;
  }
  return pieces;
}

/** Outside of quotes a word as a whole, so that lines break between words; but for one that would fill a line. */
function bareText(characters: readonly string[], start: number): string {
  if (characters[start] === '\\') return characters.slice(start, start + 2).join('');
  const length = characters.slice(start, start + longestWord).findIndex((each) => /[\s\\'"]/.test(each));
  return length > 0 ? characters.slice(start, start + length).join('') : (characters[start] ?? '');
}

const longestWord = 60;

/** Within quotes every character for itself; a backslash means something within double ones only. */
function quotedText(characters: readonly string[], start: number, open: Quote): string {
  const taken = open === '"' && characters[start] === '\\';
  return characters.slice(start, start + (taken ? 2 : 1)).join('');
}
