import { newKmeansSteps } from './kmeans-steps.js';
import { serveSteps } from './serve-steps.js';

serveSteps(newKmeansSteps);
