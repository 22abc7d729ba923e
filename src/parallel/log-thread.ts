import { newLogSteps } from './job-steps.js';
import { serveSteps } from './serve-steps.js';

serveSteps(newLogSteps);
