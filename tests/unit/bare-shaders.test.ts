/** Shaders as the race gets them: the same lines without their comments. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withoutComments } from '../../src/cli/bare-shaders.ts';

const folder = new URL('../../shaders/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.wgsl'));

it.each(files)('%s', (file) => {
  const code = readFileSync(new URL(file.replaceAll('\\', '/'), folder), 'utf8');
  const bare = withoutComments(code).split('\n');
  expect(bare.join('\n')).not.toContain('//');
  const lines = code.split('\n');
  expect(bare).toHaveLength(lines.length);
  for (const [index, line] of bare.entries()) expect(lines[index]?.startsWith(line)).toBe(true);
  expect(bare.filter((line) => line.trim() !== '')).toEqual(
    lines.map((line) => line.split(/[ \t]*\/\//)[0]).filter((line) => line?.trim()),
  );
});
