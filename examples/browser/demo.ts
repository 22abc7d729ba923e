// The page around the worker: a file dropped or chosen, or an example log made here; nothing leaves the machine.
import { exampleOrders, toCsv } from 'clientele';
import type { Answer, Job } from './worker.js';

const byId = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const [drop, choose, example, status, frame, language] = [byId('drop'), byId<HTMLInputElement>('file'), byId('example'), byId('status'), byId<HTMLIFrameElement>('report'), byId<HTMLSelectElement>('language')];
let worker: Worker | undefined;

choose.addEventListener('change', () => start(choose.files?.[0]));
example.addEventListener('click', () => start(new File([toCsv(exampleOrders({ customers: 5000, seed: 1 }))], 'example.csv')));
drop.addEventListener('dragover', (event) => event.preventDefault());
drop.addEventListener('drop', (event) => {
  event.preventDefault();
  start(event.dataTransfer?.files[0]);
});

function start(file: File | undefined): void {
  if (file === undefined) return;
  worker?.terminate();
  worker = new Worker('worker.js', { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => show(data));
  worker.addEventListener('error', (event) => show({ error: event.message }));
  worker.postMessage({ file, language: language.value as Job['language'] } satisfies Job);
}

function show(answer: Answer): void {
  if ('step' in answer) status.textContent = answer.step;
  else if ('error' in answer) status.textContent = answer.error;
  else {
    status.textContent = answer.said;
    // The report brings its own policy; sandboxed, it cannot reach this page either.
    frame.srcdoc = answer.page;
    frame.hidden = false;
  }
}
