// Another CRM: a fitted model saved as JSON, and one customer scored by it.
import { exampleOrders, fitRfm, loadRfmModel, scoreRfmOne, summarize } from 'clientele';

const saved = JSON.stringify(fitRfm(summarize(exampleOrders({ customers: 2000, seed: 1 }))));

const model = loadRfmModel(JSON.parse(saved));   // checked: kind, version, every field
console.log(scoreRfmOne(model, { recency: 12, frequency: 4, monetary: 230.5 }));
