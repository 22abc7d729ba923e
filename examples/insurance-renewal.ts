// Insurance renewal: how many of this year's policies will still be there, and what is a customer worth who has stayed?
import { compareModels, confidenceIntervals, discountedLifetime, fitBdw, fitSbg, likelihoodRatioTest, retentionRate, simpleLifetimeValue, survival } from 'clientele';

// Policies of one year's new customers, and how many were renewed each year since (Fader & Hardie 2007, "High End").
const alive = [1000, 869, 743, 653, 593, 551, 517, 491];
const seenLater = [468, 445, 427, 409, 394];      // years 8 to 12, kept back to judge the projection

const model = fitSbg({ alive });
console.log(confidenceIntervals(model).toString());

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const projected = survival(model, { periods: 12 });
seenLater.forEach((customers, k) => {
  console.log(`year ${k + 8}: ${Math.round(1000 * projected[k + 8]!)} projected, ${customers} were there`);
});
console.log(`renewal rate: ${[...retentionRate(model, { periods: 7 })].map(percent).join(', ')}`);

// A constant renewal rate, the textbook's, misses that those who stay are those who like to stay.
const margin = 300;                                // a year and policy
const mean = (alive[7]! / alive[0]!) ** (1 / 7);
for (const survived of [0, 1, 5]) {
  const value = margin * discountedLifetime(model, { survived, count: 'next-renewal', discountRate: 0.1 });
  console.log(`after ${survived} renewals, just before the next: ${value.toFixed(0)} still to come`);
}
const constant = simpleLifetimeValue({ margin, retentionRate: mean, discountRate: 0.1, firstMargin: 'excluded' });
console.log(`by a constant rate of ${percent(mean)}, whoever it is: ${(constant * 1.1).toFixed(0)}`);

// Does the chance of one and the same customer change with the years?
const free = fitBdw({ alive });
console.log(compareModels([model, free]).toString());
console.log(`p = ${likelihoodRatioTest(model, free).pValue.toFixed(3)}`);
