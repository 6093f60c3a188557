/**
 * The map of the start of a wasm lane's memory: which word means what. The AssemblyScript sources read by these numbers
 * and `memory-plan.ts` writes by them, from this one list. Everything stands above AssemblyScript's own low memory.
 */

/** Byte addresses. */
export const syncAt = 1024;
export const headAt = 2048;
export const realsAt = 2560;
export const layersAt = 3072;
export const dataAt = 8192;

/** Words that threads share, each on a cache line of its own: the word's number times this many bytes from `syncAt`. */
export const syncStride = 64;
export const syncGeneration = 0;
export const syncArrived = 1;
export const syncPhase = 2;
/** Which share of a single kernel is taken next. */
export const syncNextGroup = 3;
/** 1 when a thread has failed: everyone leaves at the next barrier. */
export const syncFailed = 4;
/** Counts groups of examples done, by any thread: who waits sees that others live. */
export const syncProgress = 5;
export const syncSteps = 6;
export const syncQuit = 7;
export const syncFirstStep = 8;
/** What the threads do at the next generation: see `command…`. */
export const syncCommand = 9;

export const commandSteps = 0;
export const commandMatmul = 1;
export const commandSigmoid = 2;
export const commandCopy = 3;
export const commandMultiplyAdd = 4;
/** Nothing: the threads meet, and are awake. */
export const commandMeet = 5;
export const commandProduct = 6;
export const commandActivate = 7;
export const commandActivateBackward = 8;
export const commandUpdate = 9;

/** 32-bit words from `headAt`. */
export const wordThreads = 0;
export const wordPlan = 1;
export const wordStorage = 2;
export const wordN = 3;
export const wordM = 4;
export const wordBatch = 5;
export const wordBatchesPerEpoch = 6;
export const wordSeed = 7;
export const wordGroups = 8;
/** Eights of examples of a step, the last of them perhaps not full; groups are cut between two of them. */
export const wordEights = 9;
export const wordBlockSize = 10;
export const wordBlocksPerGroup = 11;
export const wordLayers = 12;
export const wordLoss = 13;
export const wordOptimizer = 14;
export const wordHasShift = 15;
export const wordX = 16;
export const wordY = 17;
export const wordScale = 18;
export const wordShift = 19;
export const wordParameters = 20;
export const wordGradient = 21;
export const wordMoment1 = 22;
export const wordMoment2 = 23;
export const wordPartials = 24;
export const wordPartialBytes = 25;
export const wordScratch = 26;
export const wordScratchBytes = 27;
export const wordGroupLosses = 28;
export const wordPieceSquares = 29;
export const wordPieceDots = 30;
export const wordCosts = 31;
export const wordCostMask = 32;
/** Waits of 50 ms without any progress, after which the others are given up. */
export const wordPatience = 33;
/** Tiny plan: examples from one feature's row to the next. */
export const wordFeatureStride = 34;
/** Byte offsets inside a thread's scratch. */
export const wordScratchX = 35;
export const wordScratchY = 36;
export const wordScratchPanel = 37;
export const wordScratchRows = 38;
export const wordScratchPiece = 39;
/** Operands of the single kernels: addresses and sizes. */
export const wordKernelA = 40;
export const wordKernelB = 41;
export const wordKernelC = 42;
export const wordKernelSize = 43;
/** Chains of multiply-adds: how many turns, how long, and where their three factors stand. */
export const wordKernelItems = 44;
export const wordKernelSteps = 45;
export const wordKernelFactors = 46;
/** A product's other sizes and its bias, which activation, and the number of an update. */
export const wordKernelRows = 47;
export const wordKernelDepth = 48;
export const wordKernelBias = 49;
export const wordKernelActivation = 50;
export const wordKernelStep = 51;
/** How bytes are multiplied: see `arithmetic…`. */
export const wordArithmetic = 52;
/** The packed weights once more as integers, and the unit of each piece of them. */
export const wordDigits = 53;
export const wordUnits = 54;
/** Inside a thread's scratch: each eight of slopes as integers. */
export const wordScratchDigits = 55;
/** Inside a thread's scratch: how much of its own, be it groups or pieces, has been asked for. */
export const wordScratchTurn = 56;
/** Rows that a thread works on between z and dw: a multiple of eight. */
export const wordRowsAtOnce = 57;
/** What each piece of the weights gives to these rows' z: inside a thread's scratch, or of all threads, twice, in turns. */
export const wordScratchParts = 58;
export const wordParts = 59;

/** float64 values from `realsAt`. */
export const realLearningRate = 0;
export const realBeta1 = 1;
export const realBeta2 = 2;
export const realEpsilon = 3;
export const realL2 = 4;
/** λ/2 · Σ W² of the present parameters. */
export const realPenalty = 5;

/** 32-bit words of one layer, `layerWords` apart from `layersAt`; the input side comes first. */
export const layerWords = 32;
export const layerInputs = 0;
export const layerUnits = 1;
export const layerActivation = 2;
/** W and b among the parameters: index from their start. */
export const layerWeights = 3;
export const layerBiases = 4;
/** W in rows that are padded with zeros, scaling inside in the first layer, and its b: byte addresses. */
export const layerPacked = 5;
export const layerPackedBiases = 6;
/** Floats from one row of the layer's input, and of packed W, to the next. */
export const layerInputStride = 7;
/** Floats from one example's z to the next. */
export const layerOutputStride = 8;
/** Inside a partial gradient: byte offsets of dW and db, floats from one row of dW to the next. */
export const layerGradient = 9;
export const layerBiasGradient = 10;
export const layerGradientStride = 11;
/** Inside a thread's scratch: byte offsets of the layer's input, z and dz. */
export const layerA = 12;
export const layerZ = 13;
export const layerDz = 14;
/** Pieces of one row of W, and the number of this layer's first piece among all. */
export const layerPiecesPerRow = 15;
export const layerFirstPiece = 16;

/**
 * Floats in one piece of a row, the unit of the update's work and of what threads have of a long row. At most 2,048: so many bytes
 * times digits of fifteen bits just stay below 2³¹ in each of four lanes.
 */
export const pieceLength = 1024;

/** Rows of at most so many bytes are short: the first-level cache holds eight of them. */
export const shortRowBytes = 4096;

/** Chains of multiply-adds that one turn carries side by side: with the factors they just fill sixteen registers. */
export const chainsOfTurn = 12;

/** Rows of eight floats that a matrix product packs at once: 64 KiB, half of a small second cache. */
export const packedRows = 2048;

/** The faster the larger the number. Bytes become floats. */
export const arithmeticFloats = 0;
/** Bytes become 16-bit integers, and factors two of fifteen bits. */
export const arithmeticShorts = 1;
/** Bytes stay bytes, and factors become three of eight bits; right only where the processor does not saturate. */
export const arithmeticBytes = 2;

export const planLayered = 0;
export const planOnePass = 1;
export const planTiny = 2;
/** Threads share out columns, not examples. */
export const planColumns = 3;

export const storageUint8 = 0;
export const storageFloat32 = 1;

export const lossSigmoidCrossEntropy = 0;
export const lossSigmoidSquaredError = 1;
export const lossLinearSquaredError = 2;
export const lossHinge = 3;
export const lossSoftmax = 4;

export const optimizerDescent = 0;
export const optimizerMomentum = 1;
export const optimizerNesterov = 2;
export const optimizerAdam = 3;

export const activationIdentity = 0;
export const activationSigmoid = 1;
export const activationTanh = 2;
export const activationRelu = 3;
export const activationLeakyRelu = 4;
