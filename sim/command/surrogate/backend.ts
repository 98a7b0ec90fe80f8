/**
 * What TensorFlow.js computes on: its WebAssembly kernels, which come with the package and run everywhere, or the native
 * library where @tensorflow/tfjs-node has been built. Both compute in single precision; the native one was never run here
 * (its library could not be had), so how near it comes to the other is not known.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import nodeUtil from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { UserError } from '../../index.ts';
import type { BackendChoice } from './train.ts';

export interface Backend {
  readonly name: 'wasm' | 'native';
  /** Why this one, as a sentence. */
  readonly why: string;
}

/** Rows from which on the native library is preferred; chosen, not measured. */
const LARGE = 2000;

/** Throws UserError where the native one is asked for and is not there. */
export async function startBackend(choice: BackendChoice, rows: number): Promise<Backend> {
  if (choice === 'native' || (choice === 'auto' && rows >= LARGE)) {
    const missing = await loadNative();
    if (missing === null) {
      await tf.setBackend('tensorflow');
      return { name: 'native', why: 'the native TensorFlow library is installed.' };
    }
    if (choice === 'native') throw new UserError(`--backend native: ${missing}`);
    await startWasm();
    return { name: 'wasm', why: missing };
  }
  await startWasm();
  return {
    name: 'wasm',
    why: choice === 'wasm' ? 'it was asked for.' : `${rows} rows are too few for the native library to pay.`,
  };
}

async function startWasm(): Promise<void> {
  const folder = dirname(fileURLToPath(import.meta.resolve('@tensorflow/tfjs-backend-wasm')));
  setWasmPaths(`${folder}/`);
  await tf.setBackend('wasm');
  await tf.ready();
}

/** @returns null, or a sentence: what is missing */
async function loadNative(): Promise<string | null> {
  // It calls a function that Node 23 took away.
  const util = nodeUtil as { isNullOrUndefined?: (value: unknown) => boolean };
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
  // a name in a variable: the package is optional, for the compiler too
  const name: string = '@tensorflow/tfjs-node';
  try {
    await import(name);
    return null;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND')
      return 'the optional package @tensorflow/tfjs-node is not installed.';
    if (/tfjs_binding/.test(message))
      return 'the package @tensorflow/tfjs-node is there without its native library, which is an install step of its own.';
    return `the native TensorFlow library cannot be loaded (${message.split('\n', 1)[0]}).`;
  }
}
