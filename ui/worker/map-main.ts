/** The worker of the maps: holds one model; one answer for each question, in their order. */
import { config } from 'zod';
import exampleJsonUrl from '../../fixtures/surrogates/kilowatt-maps/model.json?url';
import exampleWeightsUrl from '../../fixtures/surrogates/kilowatt-maps/weights.bin?url';
import { UserError } from '../../sim/index.ts';
import { type OpenModel, drawMap, openModel, readPoint } from './map.ts';
import type { MapAnswer, MapQuestion } from './messages.ts';

// zod would otherwise try `new Function`, which the controller's content security policy refuses.
config({ jitless: true });

let model: OpenModel | null = null;

async function accelerate(json: string, weights: ArrayBuffer) {
  const { tensorForward } = await import('./map-network.ts');
  return tensorForward(json, weights);
}

async function opened(name: string, json: string, weights: ArrayBuffer): Promise<MapAnswer> {
  model = await openModel(name, json, weights, accelerate);
  return { type: 'opened', name, card: model.card };
}

async function example(): Promise<MapAnswer> {
  const [json, weights] = await Promise.all([fetch(exampleJsonUrl), fetch(exampleWeightsUrl)]);
  return opened('', await json.text(), await weights.arrayBuffer());
}

async function answerTo(question: MapQuestion): Promise<MapAnswer> {
  if (question.type === 'example') return example();
  if (question.type === 'open') return opened(question.name, question.json, question.weights);
  if (model === null) throw new Error('no model is open');
  if (question.type === 'map') return { type: 'map', grid: drawMap(model, question) };
  return { type: 'point', point: readPoint(model, question.at) };
}

/** What is not a user's mistake is told too: the page must not fall silent. */
function problemOf(error: unknown): MapAnswer {
  if (error instanceof UserError) return { type: 'problem', sentence: error.message };
  const what = error instanceof Error ? error.message : String(error);
  return { type: 'problem', sentence: `The model cannot be used: ${what}.` };
}

let last: Promise<void> = Promise.resolve();
addEventListener('message', ({ data }: MessageEvent<MapQuestion>) => {
  last = last.then(async () => postMessage(await answerTo(data).catch(problemOf)));
});
