/** What `surrogate train` does: read, train, judge, write, tell. */
import { join } from 'node:path';
import { readSurrogate } from '../../surrogate/model-file.ts';
import { scoreOf } from '../../surrogate/score.ts';
import { startProgress } from '../progress.ts';
import { STOPPED } from '../stopped.ts';
import { startBackend } from './backend.ts';
import { scoreJson, scoreText, stoppedText, worstText } from './score-text.ts';
import { readSweepTable } from './sweep-table.ts';
import { trainSurrogate } from './train-surrogate.ts';
import type { TrainCommandOptions } from './train.ts';
import { modelFiles, writeModel } from './write-model.ts';

export async function trainSweep(file: string, options: TrainCommandOptions): Promise<void> {
  const { hidden, steps, seed, inputs: featureSet } = options;
  const table = await readSweepTable(file);
  const backend = await startBackend(options.backend, table.rows);
  const folder = options.out ?? file.replace(/(\.parquet)?$/, '.surrogate');
  const progress = startProgress(steps, 'surrogate');
  const started = performance.now();
  const trained = await untilSignal((isStopped) =>
    trainSurrogate(table, {
      featureSet,
      hidden,
      steps,
      seed,
      backend: backend.name,
      onStep: (step, error) => progress.update(step, `step ${step}, error ${error.toExponential(2)}`),
      isStopped,
    }),
  );
  progress.end();
  const seconds = (performance.now() - started) / 1e3;
  const about = { ...trained.about, held_out: { rows: 0, refused_percent: 0, outputs: [] } };
  // judged as it will be asked: read back from the bytes of its files
  const draft = await modelFiles(trained.model, about);
  const heldOut = scoreOf(readSurrogate(file, draft.json, draft.weights), trained.heldOut);
  const files = await modelFiles(trained.model, { ...about, held_out: heldOut });
  writeModel(folder, files);
  const { training } = about;
  if (training.stopped !== undefined) process.exitCode = STOPPED;
  const names = ['model.json', 'weights.bin'].map((name) => join(folder, name));
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ ...scoreJson(heldOut), training, left_out: table.leftOut, seconds, files: names })}\n`,
    );
    return;
  }
  process.stdout.write(
    `Trained on ${training.rows} rows in ${seconds.toFixed(0)} s, ${training.steps} steps on ${backend.name}: ${backend.why}\n` +
      (training.stopped === undefined ? '' : `${stoppedText(training.stopped)}\n`) +
      (table.leftOut > 0 ? `${table.leftOut} rows that did not converge were left out.\n` : '') +
      `\n${scoreText(heldOut, 'held out')}\n\n${worstText(heldOut, about.outputs)}\n\n${about.claim}\n${names.join('\n')}\n`,
  );
}

/** Does `work`, which hears of SIGINT and SIGTERM at its next step. A launcher may pass the same Ctrl-C on: later ones change nothing. */
async function untilSignal<T>(work: (isStopped: () => boolean) => Promise<T>): Promise<T> {
  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  try {
    return await work(() => isStopped);
  } finally {
    process.off('SIGTERM', stop).off('SIGINT', stop);
  }
}
