import type { Language } from '../format.js';

/** What the charts of surveys say, in one language. */
export interface SurveyWords {
  readonly nothing: string;
  readonly wave: string;
  readonly group: string;
  readonly figure: string;
  readonly value: string;
  readonly answers: string;
  /** of the limits */
  readonly limits: (level: string) => string;
  readonly hollow: (minimum: string) => string;
  readonly importance: string;
  readonly performance: string;
  readonly item: string;
  readonly quadrant: string;
  readonly quadrants: Readonly<Record<'concentrate_here' | 'keep_up' | 'low_priority' | 'possible_overkill', string>>;
  readonly better: string;
  readonly worse: string;
  readonly feature: string;
  readonly category: string;
  readonly categories: Readonly<Record<'M' | 'O' | 'A' | 'I', string>>;
  readonly topic: string;
  readonly complaints: string;
  readonly cost: string;
  readonly share: string;
  readonly cumulated: string;
  readonly vital: (count: string, share: string) => string;
}

const WORDS: Readonly<Record<Language, SurveyWords>> = {
  en: {
    nothing: 'Nothing to show: there are no answers here.', wave: 'Wave', group: 'Group', figure: 'Figure', value: 'Value', answers: 'Answers',
    limits: (level) => `with ${level} limits`, hollow: (minimum) => `hollow: fewer than ${minimum} answers`,
    importance: 'Importance', performance: 'Performance', item: 'Item', quadrant: 'Quadrant',
    quadrants: { concentrate_here: 'Concentrate here', keep_up: 'Keep up', low_priority: 'Low priority', possible_overkill: 'Possible overkill' },
    better: 'Better: satisfaction where it is there', worse: 'Worse: dissatisfaction where it is not', feature: 'Feature', category: 'Category',
    categories: { M: 'Must-be', O: 'One-dimensional', A: 'Attractive', I: 'Indifferent' },
    topic: 'Topic', complaints: 'Complaints', cost: 'Cost', share: 'Share', cumulated: 'Cumulated share', vital: (count, share) => `${count} topics bring ${share}`,
  },
  zh: {
    nothing: '没有可显示的内容：这里没有答卷。', wave: '调查波次', group: '分组', figure: '指标', value: '数值', answers: '答卷数',
    limits: (level) => `附 ${level} 置信区间`, hollow: (minimum) => `空心：答卷少于 ${minimum} 份`,
    importance: '重要性', performance: '绩效', item: '项目', quadrant: '象限',
    quadrants: { concentrate_here: '重点改进', keep_up: '继续保持', low_priority: '次要改进', possible_overkill: '可能过度' },
    better: '满意系数：具备时的满意', worse: '不满意系数：缺失时的不满', feature: '功能', category: '类别',
    categories: { M: '必备', O: '期望', A: '魅力', I: '无差异' },
    topic: '主题', complaints: '投诉数', cost: '费用', share: '占比', cumulated: '累计占比', vital: (count, share) => `${count} 个主题占 ${share}`,
  },
};

/** The wording of the charts of surveys in a language. */
export function surveyWords(language: Language): SurveyWords {
  return WORDS[language];
}
