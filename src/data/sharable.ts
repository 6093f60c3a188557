/** Memory for what a user opened: shared between workers where the page may share, so that no lab needs a copy of its own. */

interface TypedArrayClass<T> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike): T;
}

/** An array of zeros. @throws RangeError when there is no memory for it */
export function sharable<T>(kind: TypedArrayClass<T>, length: number): T {
  const sizeBytes = length * kind.BYTES_PER_ELEMENT;
  const { crossOriginIsolated } = globalThis as { readonly crossOriginIsolated?: boolean };
  return new kind(crossOriginIsolated === true ? new SharedArrayBuffer(sizeBytes) : new ArrayBuffer(sizeBytes));
}
