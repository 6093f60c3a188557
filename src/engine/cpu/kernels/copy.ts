/** A copy, word by word: what the ceiling's copies are held to. Twin of `shaders/copy.wgsl`. */

/** copied[i] = source[i] for the first `count` words. */
export function copy(source: Uint32Array, copied: Uint32Array, count: number): void {
  for (let i = 0; i < count; i++) copied[i] = source[i] as number;
}
