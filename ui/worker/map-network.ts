/**
 * The network of a model on TensorFlow.js and its WebAssembly kernels: a whole map is one batch, in a third of the time of
 * the plain pass. Loaded when the first model is opened.
 */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import type { Forward } from '../../sim/surrogate/slice.ts';

interface ModelJson {
  readonly modelTopology: object;
  readonly weightsManifest: readonly { readonly weights: tf.io.WeightsManifestEntry[] }[];
}

/**
 * @param json of a model that was read already. Null where browser or policy lets no WebAssembly run.
 */
export async function tensorForward(json: string, weights: ArrayBuffer): Promise<Forward | null> {
  if (!(await hasStarted())) return null;
  const { modelTopology, weightsManifest } = JSON.parse(json) as ModelJson;
  const model = await loadLayersModel(
    tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData: weights }),
  );
  return (features, rows) =>
    rows === 0
      ? []
      : tf.tidy(() => {
          const given = tf.tensor2d(features, [rows, features.length / rows]);
          return (model.predict(given, { batchSize: rows }) as tf.Tensor).dataSync();
        });
}

async function hasStarted(): Promise<boolean> {
  // threads need a page that is isolated from all others: the third file is asked for by name and never loaded
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plainUrl,
    'tfjs-backend-wasm-simd.wasm': simdUrl,
    'tfjs-backend-wasm-threaded-simd.wasm': simdUrl,
  });
  try {
    return await tf.setBackend('wasm');
  } catch {
    return false;
  }
}
