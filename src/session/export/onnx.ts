/**
 * A trained model as an ONNX file, with the normalisation inside: raw values go in, ŷ comes out. Field numbers and codes are those of
 * `onnx.proto` (github.com/onnx/onnx, IR version 8, operator set 13).
 */
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { HiddenActivation } from '../../engine/contract.ts';
import { leak } from '../../math/activations.ts';
import { describeInput, describeModel, layersOf, type TrainedModel } from './trained-model.ts';

/** Of `TensorProto.DataType`, `AttributeProto.AttributeType`. */
const float = 1;
const double = 11;
const attributeFloat = 1;
const attributeInt = 2;

type Message = (writer: BinaryWriter) => void;

interface Attribute {
  readonly name: string;
  readonly value: number;
  readonly kind: 'float' | 'int';
}

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | Float64Array;
}

interface Node {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: readonly Attribute[];
}

function message(writer: BinaryWriter, field: number, write: Message): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}

const text = (writer: BinaryWriter, field: number, value: string): BinaryWriter =>
  writer.tag(field, WireType.LengthDelimited).string(value);
const whole = (writer: BinaryWriter, field: number, value: number): BinaryWriter => writer.tag(field, WireType.Varint).int64(value);

/** NodeProto */
function writeNode(writer: BinaryWriter, { operator, inputs, output, attributes = [] }: Node): void {
  for (const input of inputs) text(writer, 1, input);
  text(writer, 2, output);
  text(writer, 3, output);
  text(writer, 4, operator);
  for (const { name, value, kind } of attributes) {
    message(writer, 5, (attribute) => {
      text(attribute, 1, name);
      if (kind === 'float') attribute.tag(2, WireType.Bit32).float(value);
      else whole(attribute, 3, value);
      whole(attribute, 20, kind === 'float' ? attributeFloat : attributeInt);
    });
  }
}

/** TensorProto with raw little-endian values */
function writeTensor(writer: BinaryWriter, { name, shape, values }: Tensor): void {
  for (const length of shape) whole(writer, 1, length);
  whole(writer, 2, values instanceof Float64Array ? double : float);
  text(writer, 8, name);
  writer.tag(9, WireType.LengthDelimited).bytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

/** ValueInfoProto of a matrix with a row for each example */
function writeValue(writer: BinaryWriter, name: string, columns: number, says: string, type = float): void {
  text(writer, 1, name);
  message(writer, 2, (ofValue) =>
    message(ofValue, 1, (tensor) => {
      whole(tensor, 1, type);
      message(tensor, 2, (shape) => {
        message(shape, 1, (dimension) => text(dimension, 2, 'm'));
        message(shape, 1, (dimension) => whole(dimension, 1, columns));
      });
    }),
  );
  text(writer, 3, says);
}

const operators: Readonly<Record<Exclude<HiddenActivation, 'identity'>, string>> = {
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
  relu: 'Relu',
  'leaky-relu': 'LeakyRelu',
};

interface Graph {
  readonly nodes: readonly Node[];
  readonly tensors: readonly Tensor[];
}

/** What a table went through: in float64, as then, since a large mean would cancel digits of float32. */
function rescalingOf({ dataset: { rescaling } }: TrainedModel): Graph {
  if (!rescaling) return { nodes: [], tensors: [] };
  const { offset, width } = rescaling;
  // what does not vary becomes 0
  const divisor = width.map((own) => (own > 0 ? own : Number.POSITIVE_INFINITY));
  return {
    nodes: [
      { operator: 'Sub', inputs: ['x', 'offset'], output: 'moved' },
      { operator: 'Div', inputs: ['moved', 'width'], output: 'rescaled' },
      { operator: 'Cast', inputs: ['rescaled'], output: 'stored', attributes: [{ name: 'to', value: float, kind: 'int' }] },
    ],
    tensors: [
      { name: 'offset', shape: [offset.length], values: offset },
      { name: 'width', shape: [divisor.length], values: divisor },
    ],
  };
}

/** x, rescaled where it is a table's → scale · x + shift → Z⁽¹⁾ → A⁽¹⁾ → … → ŷ. */
function graphOf(model: TrainedModel): Graph {
  const { scaling, model: shape } = model.problem;
  const before = rescalingOf(model);
  const nodes: Node[] = [
    ...before.nodes,
    { operator: 'Mul', inputs: [before.nodes.length > 0 ? 'stored' : 'x', 'scale'], output: 'scaled' },
    { operator: 'Add', inputs: ['scaled', 'shift'], output: 'a0' },
  ];
  const tensors: Tensor[] = [
    ...before.tensors,
    { name: 'scale', shape: [scaling.scale.length], values: scaling.scale },
    { name: 'shift', shape: [scaling.shift.length], values: scaling.shift },
  ];
  const layers = layersOf(model, model.parameters);
  for (const [index, { w, b, units, inputs, activation }] of layers.entries()) {
    const l = index + 1;
    tensors.push({ name: `W${l}`, shape: [units, inputs], values: w }, { name: `b${l}`, shape: [units], values: b });
    const transposed = [{ name: 'transB', value: 1, kind: 'int' }] as const;
    nodes.push({ operator: 'Gemm', inputs: [`a${index}`, `W${l}`, `b${l}`], output: `z${l}`, attributes: transposed });
    if (activation === null) continue;
    const operator = activation === 'identity' ? 'Identity' : operators[activation];
    const attributes = activation === 'leaky-relu' ? ([{ name: 'alpha', value: leak, kind: 'float' }] as const) : [];
    nodes.push({ operator, inputs: [`z${l}`], output: `a${l}`, attributes });
  }
  const z = `z${layers.length}`;
  if (shape.output === 'softmax') {
    nodes.push({ operator: 'Softmax', inputs: [z], output: 'y_hat', attributes: [{ name: 'axis', value: 1, kind: 'int' }] });
  } else nodes.push({ operator: shape.output === 'sigmoid' ? 'Sigmoid' : 'Identity', inputs: [z], output: 'y_hat' });
  if (model.dataset.task === 'regression') {
    const { targetScale, targetMean } = model.dataset;
    tensors.push({ name: 'target_scale', shape: [1], values: Float32Array.of(targetScale) });
    tensors.push({ name: 'target_mean', shape: [1], values: Float32Array.of(targetMean) });
    nodes.push({ operator: 'Mul', inputs: ['y_hat', 'target_scale'], output: 'target_scaled' });
    nodes.push({ operator: 'Add', inputs: ['target_scaled', 'target_mean'], output: 'target' });
  }
  return { nodes, tensors };
}

function writeGraph(writer: BinaryWriter, model: TrainedModel): void {
  const { dataset, problem } = model;
  const { nodes, tensors } = graphOf(model);
  for (const node of nodes) message(writer, 1, (own) => writeNode(own, node));
  text(writer, 2, 'downhill');
  for (const tensor of tensors) message(writer, 5, (own) => writeTensor(own, tensor));
  text(writer, 10, `${describeModel(model)} on ${dataset.name}, ${model.steps} steps`);
  message(writer, 11, (own) => writeValue(own, 'x', problem.train.x.n, describeInput(model), dataset.rescaling ? double : float));
  message(writer, 12, (own) => writeValue(own, 'y_hat', problem.model.outputs, `what the model says: ${problem.model.output}`));
  if (dataset.task === 'regression') message(writer, 12, (own) => writeValue(own, 'target', 1, dataset.targetName));
}

/** @returns a ModelProto: input `x` (m, n_x), float64 for a table that was rescaled and float32 otherwise; output `y_hat` (m, outputs); for regression also `target` (m, 1) in its own unit */
export function onnxBytes(model: TrainedModel): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  whole(writer, 1, 8);
  text(writer, 2, 'downhill');
  message(writer, 7, (graph) => writeGraph(graph, model));
  message(writer, 8, (set) => whole(text(set, 1, ''), 2, 13));
  const { classNames, featureNames } = model.dataset;
  for (const [key, value] of Object.entries({ classNames, featureNames })) {
    if (value.length === 0) continue;
    message(writer, 14, (own) => text(text(own, 1, key), 2, JSON.stringify(value)));
  }
  return writer.finish();
}
