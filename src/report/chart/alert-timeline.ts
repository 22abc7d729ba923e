import { checkWhole, notThisResult } from '../../core/index.js';
import { compareText, table } from '../../columns/index.js';
import { ruleLabel, SEVERITIES, SEVERITY_LABELS, type Alert, type Alerts } from '../../warnings/index.js';
import { formatsOf } from '../format.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { churnWords } from './churn-words.js';
import { emptyChart } from './empty.js';
import { COLORS } from './theme.js';

/** How {@link alertTimeline} is drawn. */
export interface AlertTimelineOptions extends ChartOptions {
  /** lines shown, one a customer and rule: the worst, then those with most alerts; 20 by default */
  readonly most?: number;
}

const KINDS = ['new', 'worse', 'reminder', 'cleared'] as const;

/**
 * What was told when: a line for each customer and rule, from new to cleared, a mark for each alert.
 *
 * @param runs results of `alerts`, one a run
 * @throws ClienteleError `VALUE_INVALID` for something else; `OPTION_INVALID`
 * @example
 * charts.alertTimeline(weeks);      // weeks: what alerts(…) returned, week by week
 */
export function alertTimeline(runs: readonly Pick<Alerts, 'alerts' | 'state'>[], options: AlertTimelineOptions = {}): Chart {
  const where = 'alertTimeline';
  const setting = chartSetting(where, options, ['most']);
  const words = churnWords(setting.language).alerts;
  const most = checkWhole(where, 'most', options.most ?? 20, 1, 200);
  if (!Array.isArray(runs) || !runs.every((run: Partial<Alerts>) => Array.isArray(run?.alerts) && typeof run.state?.asOf === 'string')) throw notThisResult(where, runs, 'a list of results of alerts', 'Pass what alerts(…) returned, run by run: [first, second].');
  // A run that was repeated tells its day's alerts once.
  const days = new Map((runs as readonly Pick<Alerts, 'alerts' | 'state'>[]).map(({ alerts, state }) => [state.asOf, alerts]));
  const told = [...days].sort(([a], [b]) => compareText(a, b)).flatMap(([day, alerts]) => alerts.map((alert) => ({ day, alert, subject: `${alert.customer} · ${ruleLabel(alert.rule, setting.language)}` })));
  if (told.length === 0) return emptyChart(setting, words.title);
  const lines = subjectsOf(told);
  const shown = lines.slice(0, most);
  const formats = formatsOf(setting.locale);
  const last = [...days.keys()].sort(compareText).at(-1)!;
  const kindOf = (kind: Alert['kind']): string => words.kinds[kind];
  const marks = told.filter(({ subject }) => shown.includes(subject)).map(({ day, alert, subject }) => ({ day, subject, kind: kindOf(alert.kind), severity: setting.language === 'zh' ? SEVERITY_LABELS[SEVERITIES[alert.rank]!].zh : SEVERITIES[alert.rank]!, reason: alert.reason, say: `${day}, ${subject}: ${kindOf(alert.kind)}` }));
  const x = { field: 'day', type: 'temporal', title: null, scale: { type: 'utc', padding: 10 }, axis: { format: '%m-%d', tickCount: 8, grid: false } };
  const y = { field: 'subject', type: 'nominal', sort: null, scale: { domain: shown }, title: null, axis: { ticks: false, domain: false, labelPadding: 6, labelLimit: 220, labelOverlap: false } };
  return makeChart(setting, {
    title: words.title,
    subtitle: `${words.about(formats.count(days.size), formats.count(told.length))}${lines.length > most ? words.others(formats.count(most)) : ''}`,
    height: 130 + 24 * shown.length,
    values: table({ [words.day]: told.map(({ day }) => day), [words.subject]: told.map(({ subject }) => subject), [words.kind]: told.map(({ alert }) => kindOf(alert.kind)), [words.reason]: told.map(({ alert }) => alert.reason) }),
    view: {
      encoding: { y },
      layer: [
        { data: { values: episodesOf(told, last).filter(({ subject }) => shown.includes(subject)) }, mark: { type: 'rule', strokeWidth: 3, opacity: 0.35, color: COLORS.pale, tooltip: null, aria: false }, encoding: { x, x2: { field: 'until' } } },
        {
          data: { values: marks }, mark: { type: 'point', filled: true, size: 90, opacity: 1, stroke: '#ffffff', strokeWidth: 1, tooltip: true },
          encoding: {
            x, description: { field: 'say', type: 'nominal' },
            color: { field: 'kind', type: 'nominal', scale: { domain: KINDS.map(kindOf), range: [COLORS.orange, COLORS.vermillion, COLORS.blue, COLORS.green] }, title: null, legend: { orient: 'top', direction: 'horizontal', symbolOpacity: 1 } },
            shape: { field: 'kind', type: 'nominal', scale: { domain: KINDS.map(kindOf), range: ['circle', 'triangle-up', 'diamond', 'square'] }, title: null },
            tooltip: [{ field: 'day', type: 'nominal', title: words.day }, { field: 'subject', title: words.subject }, { field: 'kind', title: words.kind }, { field: 'severity', title: ' ' }, { field: 'reason', title: words.reason }],
          },
        },
      ],
    },
  });
}

interface Told {
  readonly day: string;
  readonly alert: Alert;
  readonly subject: string;
}

/** Customers and rules, the worst first, then those with most alerts, then by name. */
function subjectsOf(told: readonly Told[]): string[] {
  const subjects = new Map<string, { rank: number; alerts: number }>();
  for (const { subject, alert } of told) {
    const known = subjects.get(subject) ?? { rank: 0, alerts: 0 };
    subjects.set(subject, { rank: Math.max(known.rank, alert.rank), alerts: known.alerts + 1 });
  }
  return [...subjects].sort(([a, x], [b, z]) => z.rank - x.rank || z.alerts - x.alerts || compareText(a, b)).map(([subject]) => subject);
}

/** From the first alert of each episode to its clearing, or to the last run. */
function episodesOf(told: readonly Told[], last: string): { subject: string; day: string; until: string }[] {
  const episodes = new Map<string, { subject: string; day: string; until: string }>();
  for (const { day, alert, subject } of told) {
    const known = episodes.get(alert.key);
    episodes.set(alert.key, { subject, day: known?.day ?? day, until: alert.kind === 'cleared' ? day : last });
  }
  return [...episodes.values()];
}
