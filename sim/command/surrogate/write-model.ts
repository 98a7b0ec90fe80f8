/** A surrogate written to the disk: model.json and weights.bin, a standard TensorFlow.js layers model. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { UserError } from '../../index.ts';
import type { Metadata } from '../../surrogate/metadata.ts';
import { programVersion } from '../version.ts';
import { WEIGHTS } from './open-model.ts';

export interface ModelFiles {
  readonly json: string;
  readonly weights: ArrayBuffer;
}

/** What goes into the two files. */
export async function modelFiles(model: tfl.Sequential, about: Metadata): Promise<ModelFiles> {
  let files: ModelFiles | undefined;
  await model.save(
    tf.io.withSaveHandler(async ({ modelTopology, weightSpecs = [], weightData }) => {
      const json = {
        format: 'layers-model',
        generatedBy: `elastocool ${programVersion()}`,
        convertedBy: null,
        modelTopology,
        weightsManifest: [{ paths: [WEIGHTS], weights: weightSpecs }],
        userDefinedMetadata: about,
      };
      files = { json: JSON.stringify(json), weights: tf.io.CompositeArrayBuffer.join(weightData) };
      // as TensorFlow.js asks of a handler; nobody here looks at it
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' as const } };
    }),
  );
  return files as ModelFiles;
}

/** Throws UserError where the folder cannot be written. */
export function writeModel(folder: string, { json, weights }: ModelFiles): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, WEIGHTS), new Uint8Array(weights));
    writeFileSync(join(folder, 'model.json'), json);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UserError(`${folder} cannot be written (${code}); name another place with --out.`);
  }
}
