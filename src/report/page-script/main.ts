import { customersTable } from './customers.js';
import { drawCharts } from './draw-charts.js';

/** What runs in the report page; bundled with vega by .config/page-script.js. */
document.documentElement.classList.add('scripted');
customersTable();
drawCharts();
