/** Early warning: rules on order logs, operations (receivables, plan, expense, change), and alerts that come once. */
export { warnings, type WarningsOptions, type WarningsResult } from './warnings.js';
export { judgeWarnings, type JudgedCustomers, type JudgedRule } from './judge-warnings.js';
export { STANDARD_RULES, type WarningRule, type OverdueRule, type FrequencyDropRule, type SpendDropRule, type SegmentDowngradeRule, type EwmaRule, type CusumRule, type ShewhartRule, type HazardRule, type LowProbabilityAliveRule, type OwnRule, type OwnFinding, type CustomerView } from './rules.js';
export { ruleLabel } from './rule-label.js';
export { SEVERITY_LABELS } from './words.js';
export { alertLine, digestLine } from './alert-lines.js';
export { SEVERITIES, type Levels, type Severity } from './severity.js';
export { cusum, ewma, shewhart, type ControlChart, type CusumOptions, type EwmaOptions, type ShewhartOptions } from './control-chart.js';
export { receivables, type Receivables, type ReceivablesOptions } from './receivables.js';
export { salesProgress, type OperationResult, type SalesProgressOptions } from './sales-progress.js';
export { salesExpense, type SalesExpenseOptions } from './sales-expense.js';
export { majorChange, type MajorChangeOptions } from './major-change.js';
export { crisisView, type CrisisViewOptions } from './crisis-view.js';
export { recommendAction, type RecommendActionOptions, type WarningAction } from './recommend-action.js';
export { alerts, type AlertPolicy, type Alerts, type Mute } from './alerts.js';
export { emptyAlertState, loadAlertState, type Alert, type AlertDigest, type AlertEntry, type AlertKind, type AlertState } from './alert-state.js';
