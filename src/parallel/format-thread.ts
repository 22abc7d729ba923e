import { FORMAT_STEPS } from './format-steps.js';
import { serveSteps } from './serve-steps.js';

serveSteps(() => FORMAT_STEPS);
