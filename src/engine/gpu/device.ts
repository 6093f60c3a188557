/** A device from an adapter that is handed in: what it is, which features and limits are asked for, and what it lacks. */

export interface AdapterReport {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  /** A program on the CPU that acts as a GPU. */
  readonly software: boolean;
}

const wantedFeatures = ['timestamp-query', 'subgroups', 'shader-f16'] as const satisfies readonly GPUFeatureName[];
const wantedLimits = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
] as const;

export function describeAdapter(adapter: GPUAdapter): AdapterReport {
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  const names = `${vendor} ${architecture} ${device} ${description}`;
  return {
    vendor,
    architecture,
    description: description || device,
    software: isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|warp\b|basic render/i.test(names),
  };
}

/**
 * The adapter's own limits and every wanted feature that it has; its defaults where it refuses that.
 * @param without features that are not wanted here
 */
export async function requestDevice(adapter: GPUAdapter, without: readonly string[] = []): Promise<GPUDevice> {
  const requiredFeatures = wantedFeatures.filter((feature) => adapter.features.has(feature) && !without.includes(feature));
  const requiredLimits = Object.fromEntries(wantedLimits.map((limit) => [limit, adapter.limits[limit]]));
  try {
    return await adapter.requestDevice({ label: 'downhill', requiredFeatures, requiredLimits });
  } catch {
    return await adapter.requestDevice({ label: 'downhill, default limits' });
  }
}
