/** WGSL for CodeMirror: highlighting, brackets, and completion of words of the language and of names that are declared. */
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { HighlightStyle, StreamLanguage, type StreamParser } from '@codemirror/language';
import { Facet } from '@codemirror/state';
import { tags } from '@lezer/highlight';
import { namesIn } from './wgsl-names.ts';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);
const keywords = words(`alias break case const const_assert continue continuing default diagnostic discard else enable fn for if let loop
  override requires return struct switch var while true false`);
const types =
  words(`bool f32 f16 i32 u32 vec2 vec3 vec4 vec2f vec3f vec4f vec2u vec3u vec4u vec2i vec3i vec4i vec2h vec3h vec4h mat2x2f mat3x3f
  mat4x4f array atomic ptr function private workgroup uniform storage read write read_write`);
const builtins = words(`abs acos all any arrayLength asin atan atan2 atomicAdd atomicLoad atomicMax atomicMin atomicStore atomicExchange
  bitcast ceil clamp cos cosh countOneBits cross degrees distance dot dot4I8Packed dot4U8Packed exp exp2 extractBits faceForward floor fma
  fract insertBits inverseSqrt length log log2 max min mix modf normalize pack4x8unorm pack4xU8 pow quadBroadcast radians reverseBits round
  saturate select sign sin sinh smoothstep sqrt step storageBarrier subgroupAdd subgroupBroadcast subgroupMax subgroupShuffle tan tanh
  transpose trunc unpack4x8unorm unpack4xU8 workgroupBarrier workgroupUniformLoad`);
const attributes = words('@binding @builtin @compute @group @id @workgroup_size');
const [isKeyword, isType, isBuiltin] = [new Set(keywords), new Set(types), new Set(builtins)];

interface State {
  comment: number;
}

const parser: StreamParser<State> = {
  name: 'wgsl',
  startState: () => ({ comment: 0 }),
  languageData: { commentTokens: { line: '//', block: { open: '/*', close: '*/' } }, closeBrackets: { brackets: ['(', '[', '{'] } },
  token(stream, state) {
    if (state.comment > 0 || stream.match('/*', false)) return blockComment(stream, state);
    if (stream.match('//')) {
      stream.skipToEnd();
      return 'comment';
    }
    if (stream.eatSpace()) return null;
    if (stream.match(/^@\w+/)) return 'meta';
    if (stream.match(/^(?:0[xX][\da-fA-F.]+(?:[pP][+-]?\d+)?|\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)[iufh]?/)) return 'number';
    const name = stream.match(/^[\p{L}_][\p{L}\p{N}_]*/u);
    if (name && typeof name !== 'boolean') {
      const [text] = name;
      if (isKeyword.has(text)) return 'keyword';
      if (isType.has(text)) return 'typeName';
      return isBuiltin.has(text) ? 'standard' : 'variableName';
    }
    stream.next();
    return null;
  },
  tokenTable: { standard: tags.standard(tags.variableName) },
};

function blockComment(stream: Parameters<StreamParser<State>['token']>[0], state: State): string {
  while (!stream.eol()) {
    if (stream.match('/*')) state.comment++;
    else if (stream.match('*/')) {
      if (--state.comment === 0) break;
    } else stream.next();
  }
  return 'comment';
}

export const wgsl = StreamLanguage.define(parser);

/** Ink on paper: words of the language stand out, comments stand back; colours follow the theme by their names. */
export const wgslColors = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--soft)', fontStyle: 'italic' },
  { tag: tags.keyword, color: 'var(--gpu)', fontWeight: '600' },
  { tag: tags.typeName, color: 'var(--good)' },
  { tag: tags.number, color: 'var(--cpu-ink)' },
  { tag: tags.meta, color: 'var(--soft)' },
  { tag: tags.standard(tags.variableName), fontWeight: '600' },
]);

const known = [
  ...keywords.map((label) => ({ label, type: 'keyword' })),
  ...types.map((label) => ({ label, type: 'type' })),
  ...builtins.map((label) => ({ label, type: 'function' })),
  ...attributes.map((label) => ({ label, type: 'property' })),
];

/** Text of the files that stand in front of the open one. */
export const inFront = Facet.define<readonly string[], readonly string[]>({ combine: (values) => values.flat() });

/** Words of the language, and the names that the text and the files in front of it declare; after a dot, members of structs. */
export function completeWgsl(context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/@?\w+/);
  const afterDot = context.matchBefore(/\.\w*/);
  if (!afterDot && (!word || (word.from === word.to && !context.explicit))) return null;
  const names = namesIn(context.state.doc.toString(), context.state.facet(inFront), context.pos);
  if (afterDot) return { from: afterDot.from + 1, options: names.filter(({ type }) => type === 'property'), validFor: /^\w*$/ };
  const own = names.filter(({ label, type }) => type !== 'property' && !known.some((one) => one.label === label));
  return { from: word?.from ?? context.pos, options: [...own, ...known], validFor: /^@?\w*$/ };
}
