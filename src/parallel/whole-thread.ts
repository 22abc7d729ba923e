import { serveSteps } from './serve-steps.js';
import { WHOLE_STEPS } from './whole-steps.js';

serveSteps(() => WHOLE_STEPS);
