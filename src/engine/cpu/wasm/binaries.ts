/** Which of the two binaries this browser can run, found by letting it validate one instruction of each kind. */
import { CapacityError } from '../../errors.ts';

export type BinaryName = 'simd' | 'relaxed';

/** A module with one function that gives `instructions` on three vectors of ones. */
function probe(...instructions: readonly number[]): Uint8Array<ArrayBuffer> {
  const vector = [0x41, 1, 0xfd, 0x0f];
  const body = [0, ...vector, ...vector, ...vector, ...instructions, 0x0b];
  const code = [1, body.length, ...body];
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  return Uint8Array.from([...header, 1, 5, 1, 0x60, 0, 1, 0x7b, 3, 2, 1, 0, 0x0a, code.length, ...code]);
}

/** v128.bitselect, f32x4.relaxed_madd. */
const instructions = { simd: [0xfd, 0x52], relaxed: [0xfd, 0x85, 0x02] } as const;

/** @throws CapacityError where WebAssembly has no SIMD */
export function fittingBinary(validate: (bytes: Uint8Array<ArrayBuffer>) => boolean): BinaryName {
  if (validate(probe(...instructions.relaxed))) return 'relaxed';
  if (validate(probe(...instructions.simd))) return 'simd';
  throw new CapacityError('WebAssembly has no SIMD here: take the reference lane, or a browser from 2023 or later');
}

/** The import of the memory, as it stands in the binaries: env.memory, with a maximum, not shared. */
const memoryImport = [3, 0x65, 0x6e, 0x76, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2, 1];

/**
 * The same binary with the memory that it asks for marked as shared: one bit. WebAssembly checks it at linking and the
 * instructions are the same, so that two binaries do for four uses.
 */
export function withSharedMemory(binary: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const shared = binary.slice();
  const start = shared.findIndex((_, index) => memoryImport.every((byte, offset) => shared[index + offset] === byte));
  if (start < 0) throw new TypeError('the binary does not import a memory: build it again');
  shared[start + memoryImport.length - 1] = 3;
  return shared;
}
