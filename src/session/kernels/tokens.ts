/** WGSL cut into tokens with their places: enough to find functions, loops and calls. Whether it is valid is the compiler's to say. */

export interface Token {
  readonly kind: 'name' | 'number' | 'sign';
  readonly text: string;
  /** Of its first character. */
  readonly at: number;
}

const pattern =
  /(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<number>(?:0[xX][0-9a-fA-F.]+(?:[pP][+-]?\d+)?|\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)[iufh]?)|(?<sign>\+\+|--|&&|\|\||<<=?|>>=?|[-+*/%&|^=!<>]=|->|[^\s])/uy;

/** Where a comment that begins at `at` ends; block comments nest. */
function endOfComment(code: string, at: number): number {
  if (code.startsWith('//', at)) {
    const end = code.indexOf('\n', at);
    return end < 0 ? code.length : end;
  }
  let depth = 0;
  let now = at;
  do {
    if (code.startsWith('/*', now)) depth++;
    else if (code.startsWith('*/', now)) depth--;
    else {
      now++;
      continue;
    }
    now += 2;
  } while (depth > 0 && now < code.length);
  return now;
}

export function tokensOf(code: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < code.length) {
    if (/\s/u.test(code[at] ?? '')) {
      at++;
      continue;
    }
    if (code.startsWith('//', at) || code.startsWith('/*', at)) {
      at = endOfComment(code, at);
      continue;
    }
    pattern.lastIndex = at;
    const found = pattern.exec(code);
    const text = found?.[0] ?? code[at] ?? '';
    const kind = found?.groups?.['name'] ? 'name' : found?.groups?.['number'] ? 'number' : 'sign';
    tokens.push({ kind, text, at });
    at += Math.max(1, text.length);
  }
  return tokens;
}

const closing: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']' };

/** Index of the token that closes the bracket at `open`; −1 where it stays open. */
export function closeOf(tokens: readonly Token[], open: number): number {
  const first = tokens[open]?.text ?? '';
  const last = closing[first];
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    const { text } = tokens[index] as Token;
    if (text === first) depth++;
    if (text === last && --depth === 0) return index;
  }
  return -1;
}

/** Index of the next token of that text from `from` on; −1 where there is none. */
export function nextOf(tokens: readonly Token[], text: string, from: number): number {
  for (let index = from; index < tokens.length; index++) if (tokens[index]?.text === text) return index;
  return -1;
}
